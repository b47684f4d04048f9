/** Which channels with customers Baton hears, which it could, and who can help with the others. */

export interface ChannelSeen {
  channel: string;
  name: string;
  isShared: boolean;
  isArchived: boolean;
  isMember: boolean;
  /** In the newest look at the workspace; what is not, Baton cannot see any more. */
  isVisible: boolean;
  isIgnored: boolean;
  creator: string | null;
  members: readonly string[];
}

/** A channel that an account has. */
export interface ChannelLinked {
  channel: string;
  name: string;
  accountId: number;
  account: string;
  /** Slack ids of its CSM and support owner. */
  owners: readonly string[];
  /** The account was put away: nobody has to hear this channel. */
  isArchived: boolean;
}

/** Who of the workspace could invite Baton: our people first. */
export interface Colleagues {
  /** Slack ids of people with a role. */
  people: ReadonlySet<string>;
  /** Slack ids of everybody of our workspace, no bot and no guest. */
  members: ReadonlySet<string>;
}

export interface Uncovered {
  channel: string;
  name: string;
  /** Baton is in it, but it belongs to no account. */
  why: 'no account';
}

export interface Impossible {
  channel: string;
  name: string;
  /** The account it belongs to; null for none. */
  account: string | null;
  why: 'not invited' | 'not visible' | 'archived';
  /** The colleague who can invite Baton; null when nobody is known, or nobody can. */
  inviter: string | null;
}

export interface Coverage {
  covered: ChannelLinked[];
  uncovered: Uncovered[];
  impossible: Impossible[];
}

/** Sorts channels by whether Baton hears them; by name within each. */
export function coverageOf(
  seen: readonly ChannelSeen[],
  linked: readonly ChannelLinked[],
  colleagues: Colleagues,
): Coverage {
  const facts = new Map(seen.map((one) => [one.channel, one]));
  const links = new Map(linked.map((one) => [one.channel, one]));
  const result: Coverage = { covered: [], uncovered: [], impossible: [] };
  for (const link of linked.filter((one) => !one.isArchived)) {
    const it = facts.get(link.channel);
    // Of a channel that was never looked at nothing bad is known.
    if (!it || (it.isMember && !it.isArchived)) result.covered.push(link);
    else
      result.impossible.push({
        channel: link.channel,
        name: it.name,
        account: link.account,
        why: it.isArchived ? 'archived' : it.isVisible ? 'not invited' : 'not visible',
        inviter: it.isArchived ? null : inviterOf(it, link.owners, colleagues),
      });
  }
  for (const it of seen) {
    if (links.has(it.channel) || !it.isShared || it.isArchived || it.isIgnored || !it.isVisible) continue;
    if (it.isMember) result.uncovered.push({ channel: it.channel, name: it.name, why: 'no account' });
    else
      result.impossible.push({
        channel: it.channel,
        name: it.name,
        account: null,
        why: 'not invited',
        inviter: inviterOf(it, [], colleagues),
      });
  }
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  result.covered.sort(byName);
  result.uncovered.sort(byName);
  result.impossible.sort(byName);
  return result;
}

/**
 * Who can invite Baton to a channel: whoever looks after the account, somebody with a role who is in it, any colleague
 * who is in it, whoever made it. Where nobody may be asked who is in it (a private channel), the account's people.
 */
function inviterOf(
  it: ChannelSeen,
  owners: readonly string[],
  { people, members }: Colleagues,
): string | null {
  const inside = new Set(it.members);
  const owner = owners.find((id) => people.has(id) && (inside.size === 0 || inside.has(id)));
  return (
    owner ??
    it.members.find((id) => people.has(id)) ??
    it.members.find((id) => members.has(id)) ??
    (it.creator !== null && members.has(it.creator) ? it.creator : null)
  );
}

/** What each colleague is asked to invite Baton to, by colleague; those nobody can invite to under null. */
export function byInviter(impossible: readonly Impossible[]): Map<string | null, Impossible[]> {
  const groups = new Map<string | null, Impossible[]>();
  for (const one of impossible) {
    const key = one.why === 'archived' ? null : one.inviter;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

const AFFIXES =
  /^(?:ext|external|shared|customer|cust|client|acct|sc|connect)(?=[-_])|(?<=[-_])(?:ext|external|shared|customer|client|support|help|connect|team)$/;

/**
 * The account that a shared channel is probably for, by its name: `ext-acme` and `acme-support` are Acme's. Our own name
 * in it is left out: in `acme-ours` the customer is Acme.
 * @param ours names of our own company, in small letters
 */
export function accountNameOf(channel: string, ours: readonly string[] = []): string {
  let rest = channel.toLowerCase();
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(AFFIXES, '').replace(/^[-_]+|[-_]+$/g, '');
    for (const own of ours) {
      const cut = rest.replace(
        new RegExp(`^${escaped(own)}[-_](?:x[-_])?|[-_](?:x[-_])?${escaped(own)}$`),
        '',
      );
      if (cut !== '') rest = cut;
    }
  }
  const words = (rest === '' ? channel : rest).split(/[-_]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
