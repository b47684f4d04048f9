/** What the console says once the demo runs. */

/** The seven steps, one line each, with what to type and press. */
export const TOUR: readonly string[] = [
  'In #support-success Acme wrote in 3 times. Type /timetravel 3h; write in #acme as Joe Park: the card counts 4, in place.',
  'As Ana Lopez press Claim follow-up on that card; as Luis Weber press its button too, and learn that Ana has it.',
  'As Gus Hall write a problem in #globex. As Sam and as Priya react with the ticket: one issue. In #globex: /issue log Export drops rows; in #triage: /issue log',
  'As Sam in #triage: /escalate B-1 production is blocked - choose Engineering, and see Eli called in the thread of B-1.',
  'As Eli in #triage: /baton fix live B-1 - Sam is asked in a direct message to tell Globex; /baton fix lists who waits.',
  '/timetravel next - who has not told the customer is reminded, once; press I told them as Sam in Sam’s direct message.',
  '/timetravel 8d - B-1 in #triage says that the loop is closed; Ana’s Monday message has come, a section per account.',
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
    `  You play everybody: choose who you are under "Act as", top right. For Baton it is ${now}; the times beside messages are your machine's.`,
    '',
    ...TOUR.map((step, i) => `  ${i + 1}. ${step}`),
    '',
    '  Unlike real Slack, this one listens on all interfaces without a password, and shows private replies to every persona.',
    '  Ctrl-C ends it; the same command goes on from there, --fresh starts anew, --port N moves it.',
    '',
  ];
}

function cards(count: number): string {
  if (count === 0) return 'no card was open, none is';
  return count === 1 ? 'the one open card is' : `the ${count} open cards are`;
}
