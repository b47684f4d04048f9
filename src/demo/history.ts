/** What was said before the demo begins: thirteen weeks, so that "usually" has something to stand on. */

export interface Conversation {
  /** Channel, by name. */
  in: string;
  /** Day and time on the company's wall, `2026-08-19 10:12`. */
  at: string;
  /** User name. */
  by: string;
  text: string;
  /** Answers in the thread: minutes after the first message, who, what. */
  replies?: readonly [after: number, by: string, text: string][];
}

/** When the company began to use Baton; nothing is older. */
export const HISTORY_BEGINS = '2026-08-17 08:00';

const ACME: readonly Conversation[] = [
  {
    in: 'acme',
    at: '2026-08-19 10:12',
    by: 'joe',
    text: 'Morning! Can two people work on the same closing checklist?',
    replies: [[70, 'sam', 'Hi Joe, yes: share it under Checklists, then both see each tick at once.']],
  },
  {
    in: 'acme',
    at: '2026-08-27 14:40',
    by: 'jill',
    text: 'Is there a way to lock a period after we closed it?',
    replies: [
      [97, 'priya', 'There is: Settings, Periods, Lock. Only admins can open it again.'],
      [109, 'jill', 'Found it, thanks'],
    ],
  },
  {
    in: 'acme',
    at: '2026-09-09 09:31',
    by: 'joe',
    text: 'The bank import stopped at 40 % today, is something slow on your side?',
    replies: [
      [64, 'sam', 'We had a slow hour this morning, it is through now. Please try again.'],
      [86, 'joe', 'Works now'],
    ],
  },
  {
    in: 'acme',
    at: '2026-09-15 11:05',
    by: 'joe',
    text: 'How do I give our auditor a view without edit rights?',
    replies: [[81, 'priya', 'Invite them as Guest: they read everything and change nothing.']],
  },
  {
    in: 'acme',
    at: '2026-09-17 16:22',
    by: 'jill',
    text: 'Our cost centres show twice in the picker since we renamed them.',
    replies: [[70, 'sam', 'That was an old cache; I have cleared it for you, Jill.']],
  },
  {
    in: 'acme',
    at: '2026-09-23 10:48',
    by: 'joe',
    text: 'Quarter end is coming. Anything we should prepare?',
    replies: [
      [95, 'ana', 'Good that you ask! I have put a short list together, let us walk through it on Friday.'],
    ],
  },
  {
    in: 'acme',
    at: '2026-10-01 08:55',
    by: 'jill',
    text: 'Quarter closed in two days, a record for us. One thing: can the report keep our column order?',
    replies: [[94, 'ana', 'Congratulations! Column order: yes, drag them and press Save view.']],
  },
  {
    in: 'acme',
    at: '2026-10-14 13:17',
    by: 'joe',
    text: 'The weekly mail comes at 5 in the morning. Can it come at 8?',
    replies: [[68, 'priya', 'Changed to 8:00 your time.']],
  },
  {
    in: 'acme',
    at: '2026-10-21 15:02',
    by: 'jill',
    text: 'Do you have a sandbox where a new colleague can practise?',
    replies: [[87, 'ana', 'I have made you one: it resets itself every Sunday.']],
  },
  {
    in: 'acme',
    at: '2026-10-28 09:44',
    by: 'joe',
    text: 'Can we map two ledgers onto one? We took over a small company.',
    replies: [[103, 'sam', 'You can, under Ledgers, Mapping. I can do the first one with you.']],
  },
  {
    in: 'acme',
    at: '2026-10-30 11:26',
    by: 'jill',
    text: 'The new ledger shows last year in dollars. Wrong setting of ours?',
    replies: [[79, 'priya', 'It was imported with the old currency. I have set it to euros, please check.']],
  },
  {
    in: 'acme',
    at: '2026-11-04 10:09',
    by: 'joe',
    text: 'October is closed. Is the export for our group the one called Trial balance?',
    replies: [[75, 'sam', 'Exactly that one. Tick "All ledgers" for the group.']],
  },
  {
    in: 'acme',
    at: '2026-11-12 10:12',
    by: 'joe',
    text: 'The export for our group misses rows: 38 of 1,204 are not in the file. Our totals are off.',
    replies: [
      [90, 'priya', 'Sorry, Joe, we are looking into it. Which export was it?'],
      [104, 'joe', 'Trial balance, all ledgers, this morning at half past nine'],
    ],
  },
  {
    in: 'acme',
    at: '2026-11-13 15:40',
    by: 'jill',
    text: 'Second day that export and ledger do not match. What can I tell our controller?',
    replies: [
      [65, 'sam', 'We can see it too and are on it, Jill. Please use the screen, not the file, until then.'],
    ],
  },
  {
    in: 'acme',
    at: '2026-11-16 10:05',
    by: 'jill',
    text: 'Our controller asks again: from when on can we trust the export?',
    replies: [[96, 'priya', 'Not yet, Jill. Sam is comparing the two with our engineers.']],
  },
  {
    in: 'acme',
    at: '2026-11-16 15:20',
    by: 'joe',
    text: 'Still rows missing in the export today. We are back to comparing sheets by hand.',
    replies: [[71, 'sam', 'I see it, Joe, and I am sorry. You hear from me tomorrow.']],
  },
];

const GLOBEX: readonly Conversation[] = [
  {
    in: 'globex',
    at: '2026-08-25 11:30',
    by: 'gus',
    text: 'Can the warehouse in Lyon have its own reorder levels?',
    replies: [[37, 'sam', 'Yes, per site: open the item, Sites, Reorder.']],
  },
  {
    in: 'globex',
    at: '2026-09-11 14:05',
    by: 'gus',
    text: 'Is there a limit on photos per item?',
    replies: [[26, 'priya', 'Twenty per item, 10 MB each.']],
  },
  {
    in: 'globex',
    at: '2026-09-29 09:15',
    by: 'gus',
    text: 'Stock count went well, 4,100 items in one day.',
    replies: [[80, 'ana', 'Wonderful, Gus! May I show that to others who start?']],
  },
  {
    in: 'globex',
    at: '2026-10-20 16:10',
    by: 'gus',
    text: 'Which scanner do you recommend for cold rooms?',
    replies: [[44, 'sam', 'Others are happy with anything that is rated IP65. I will send you two names.']],
  },
  {
    in: 'globex',
    at: '2026-11-05 10:35',
    by: 'gus',
    text: 'Do you have the holiday hours of support for December?',
    replies: [[31, 'priya', 'Open every working day, closed on 25 and 26 December.']],
  },
];

const INITECH: readonly Conversation[] = [
  {
    in: 'initech',
    at: '2026-09-02 10:20',
    by: 'ivy',
    text: 'Can I sign in with our own login instead of a password?',
    replies: [[55, 'priya', 'Yes, over SAML. I have sent you the page that explains it.']],
  },
  {
    in: 'initech',
    at: '2026-10-07 15:30',
    by: 'ivy',
    text: 'Login over SAML is live for all 60 of us.',
    replies: [[20, 'luis', 'Great work, Ivy!']],
  },
  {
    in: 'initech',
    at: '2026-11-03 11:50',
    by: 'ivy',
    text: 'Where do I find the invoice of October?',
    replies: [[15, 'priya', 'Under Billing, Invoices; I have mailed it to you as well.']],
  },
];

export const HISTORY: readonly Conversation[] = [...ACME, ...GLOBEX, ...INITECH];
