import { bold, join, lines, type Md, type Message, md, message } from '../../slack/blocks/index.js';
import type { FixAccountView } from './fix.js';

/** What is answered to those who say how a fix stands, or ask. */

/** An issue without a fix. */
export function noFixYet(issue: string): Message {
  return message({
    text: md`No fix is linked to ${issue} yet. When customers can use it: \`/baton fix live ${issue}\`.`,
    blocks: [],
  });
}

/** The answer to *It's live*. */
export function fixLive(view: {
  name: string;
  title: string;
  isNew: boolean;
  /** The accounts that it is live for now; null for all. */
  forSome: readonly string[] | null;
  accounts: readonly FixAccountView[];
}): Message {
  const scope = view.forSome === null ? '' : md` for ${view.forSome.join(', ')}`;
  const head = view.isNew
    ? md`The fix of ${bold(view.name)} is live${scope}: ${view.title}`
    : md`The fix of ${bold(view.name)} was live${scope} before; nothing changed.`;
  const asked = view.accounts
    .filter((account) => !account.isTold && account.who !== null)
    .map((account) => md`${account.who ?? ''} tells ${account.account} ${account.when ?? ''}`);
  return message({ text: lines([head, asked.length > 0 && join(asked.slice(0, 20), '; ')]), blocks: [] });
}

/** What became of *Decline* and *Broke again*, or why it did not. */
export function fixSaid(
  what:
    | { declined: string; accounts: number }
    | { brokeAgain: string }
    | { already: string }
    | { refused: string }
    | { gone: true }
    | { nobodyWaits: string }
    | { notYet: string },
): Message {
  return message({ text: saidText(what), blocks: [] });
}

function saidText(what: Parameters<typeof fixSaid>[0]): Md {
  if ('declined' in what)
    return md`${what.declined} is declined. ${what.accounts === 0 ? 'No account waited for it.' : `${what.accounts} ${what.accounts === 1 ? 'account is' : 'accounts are'} owed a word about that.`}`;
  if ('brokeAgain' in what)
    return md`${what.brokeAgain} broke again. Whoever was not told yet is not told that it works, and waits again.`;
  if ('already' in what) return md`${what.already} stands so already. Nothing was changed.`;
  if ('refused' in what) return md`${what.refused}`;
  if ('nobodyWaits' in what)
    return md`Nobody waits for ${what.nobodyWaits}: every account can use it, or it was declined.`;
  if ('notYet' in what)
    return md`Good. When customers can use it: \`/baton fix live ${what.notYet}\`. You are not asked again.`;
  return md`This fix is gone. \`/baton fix\` shows those that there are.`;
}

/** A name, key or address that is no fix, or of more than one. */
export function noSuchFix(typed: string, several: readonly string[] = []): Message {
  const shown = typed.slice(0, 100);
  return message({
    text:
      several.length > 0
        ? md`Several fixes are called ${shown}. Write its address: ${several.slice(0, 5).join(' or ')}`
        : md`There is no fix ${shown}. Write an issue (B-42), the fix's name (ENG-311, app#12) or its address; \`/baton fix\` lists them.`,
    blocks: [],
  });
}

/** Neither a list nor a fix was meant. @param lacks a word that wants a fix after it */
export function fixUsage(word: string, lacks: boolean): Message {
  const what = lacks
    ? md`Which fix? Write an issue, its name or its address after \`${word}\`.`
    : md`Baton does not know \`/baton fix ${word.slice(0, 40)}\`.`;
  return message({
    text: md`${what} Try \`/baton fix\`, \`/baton fix B-42\`, \`/baton fix live B-42\` (also \`live B-42 for Acme, Globex\` or \`for some\`), \`/baton fix decline B-42 why\`, \`/baton fix broke again B-42\` or \`/baton fix when github release\`.`,
    blocks: [],
  });
}

/** Accounts that were named for *live for* and do not wait for the fix. */
export function notWaiting(typed: string, waiting: readonly string[]): Message {
  return message({
    text: md`No account called ${typed.slice(0, 60)} waits for this fix. Those that do: ${waiting.slice(0, 20).join(', ')}. Nothing was changed.`,
    blocks: [],
  });
}

/** *Decline* without a reason, where there is no fix to open its form for. */
export function declineNeedsWhy(issue: string): Message {
  return message({
    text: md`Say why, in words that help those who tell the customers: \`/baton fix decline ${issue} too few want it\`. Nothing was changed.`,
    blocks: [],
  });
}

export function mayNotChangeFix(): Message {
  return message({
    text: 'Your role in Baton does not say how fixes stand. Nothing was changed; an admin can change your role.',
    blocks: [],
  });
}
