/** What the console says once the demo runs. */

/** The seven steps, one line each, with what to type and press. */
export const TOUR: readonly string[] = [
  '#support-success shows why Acme needs a call. Write as Joe Park in #acme, then type /timetravel 3h as one of our people: he waited, and the card changes in place.',
  'As Ana Lopez press Claim follow-up on it; as Luis Weber press the button too: Luis learns that Ana has it.',
  'As Gus Hall report a problem in #globex. React to it with the ticket, as Sam and as Priya: one issue, B-1. Try /issue log Export drops rows there, /issue log in #triage.',
  "As Sam Okafor type in #triage /escalate B-1 production is blocked and choose Engineering: Eli Stone is called in its thread, and presses I'm on it.",
  'As Eli Stone type in #triage /baton fix live B-1: one direct message asks Sam to tell Globex. /baton fix lists who waits.',
  'Type /timetravel next, again until it is Thu 19 Nov 09:00: nobody told Globex in time, so it passed from Sam to Ana, once, and both read so. As Ana press I told them (Direct messages, Ana Lopez).',
  'Type /timetravel 8d: B-1 in #triage shows the loop closed, and Ana Lopez has her Monday message, a section per account.',
];

export interface Opening {
  address: string;
  /** Business time, in words. */
  now: string;
  /** Set when an earlier demo goes on: how many cards were posted anew. */
  reposted: number | null;
}

/** Everything that a newcomer needs, line by line. */
export function openingLines({ address, now, reposted }: Opening): string[] {
  return [
    '',
    `  Baton's demo: ${address}`,
    '',
    ...(reposted === null
      ? []
      : [
          `  Going on where it stopped. The local Slack forgets its messages when it ends: ${cards(reposted)} posted anew; links to older messages lead nowhere.`,
        ]),
    '  You play everybody: choose who you are under "Act as", top right. Commands and buttons are for our people; customers only write.',
    `  For Baton it is ${now}, and goes on from there; the times beside messages are your machine's.`,
    '',
    ...TOUR.map((step, i) => `  ${i + 1}. ${step}`),
    '',
    '  Unlike real Slack, this one listens on all interfaces without a password, and shows private replies to every persona.',
    '  Its link buttons (Open in #globex) open nothing: use the ↗ beside the words.',
    '  Ctrl-C ends it; the same command goes on from there, --fresh starts anew, --port N moves it.',
    '',
  ];
}

function cards(count: number): string {
  if (count === 0) return 'no card was open, none is';
  return count === 1 ? 'the one open card is' : `the ${count} open cards are`;
}
