import type { Sample } from './leak-samples.js';

/** What people read and fill in about alerts; see `leak-samples.ts`. */

const about = (h: string) => ({ account: h, memory: { id: 1, channel: 'C1' } });
const people = (h: string, n: number) =>
  Array.from({ length: n }, (_, i) => ({ id: i + 1, name: h || `a${i}` }));
const lapse = (h: string, state: string) => ({
  ...{ id: 1, account: h, followupId: 7, state, when: 'Thu 14:00', since: 'Tue 9:02', owner: h },
});

export const ALERT_SAMPLES: Readonly<Record<string, Sample>> = {
  dismissed: (h) => [[{ account: h }]],
  snoozedAlert: (h) => [[{ account: h, when: 'Mon 9:00' }], [{ account: h, when: null }]],
  asked: (h) => [[{ account: h, to: h, isHeld: false }], [{ account: h, to: h, isHeld: true }]],
  noted: (h) => [[{ account: h }]],
  refusedAlert: (h) => [[h]],
  lapseCard: (h) => ['warned', 'kept', 'open', 'other', 'over'].map((state) => [lapse(h, state)]),
  'alerts/messages/forms#notNeededModal': (h) => [[about(h)]],
  'alerts/messages/forms#snoozeModal': (h) => [
    [{ ...about(h), isCritical: false }],
    [{ ...about(h), isCritical: true }],
  ],
  giveAlertModal: (h) => [[{ ...about(h), people: people(h, 3) }], [{ ...about(h), people: people(h, 150) }]],
  noteModal: (h) => [[{ ...about(h), note: null }], [{ ...about(h), note: h.slice(0, 300) }]],
  whyModal: (h) => [
    [
      {
        account: h,
        who: h,
        signals: Array.from({ length: 6 }, () => ({
          ...{ rule: h, version: '2.1', severity: 'high', line: h, since: 'Tue 9:00' },
          facts: [h, h, h],
        })),
      },
    ],
    [{ account: h, who: h, signals: [] }],
  ],
};
