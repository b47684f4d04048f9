import {
  bold,
  code,
  join,
  lines,
  type Md,
  type Message,
  md,
  message,
  section,
  wholeText,
} from '../../slack/blocks/index.js';

const owedInWords = (owed: number) => (owed === 1 ? '1 open follow-up' : `${owed} open follow-ups`);

/** To the new CSM of an account. */
export function accountIsYours(view: { account: string; from: string | null; owed: number }): Message {
  const from = view.from === null ? md`` : md`, from ${view.from}`;
  const along = view.owed > 0 && md`${owedInWords(view.owed)} came along, each with its day.`;
  return message({
    text: join([md`${bold(view.account)} is yours now${from}.`, along], ' '),
    blocks: [],
  });
}

/** To whoever was its CSM. */
export function accountWentTo(view: { account: string; to: string; owed: number }): Message {
  const along = view.owed > 0 && md`${owedInWords(view.owed)} went along: you owe them no word any more.`;
  return message({
    text: join([md`${bold(view.account)} is with ${bold(view.to)} now.`, along], ' '),
    blocks: [],
  });
}

/** What is wrong with what was typed; nothing was changed. */
export function accountProblem(problem: string | Md, typed: string): Message {
  const text = md`${problem} Nothing was changed.`;
  if (typed === '') return message({ text, blocks: [] });
  return message({ text, blocks: [section(lines([text, md`You wrote:`])), ...wholeText(typed)] });
}

/**
 * No account of that name.
 * @param again what to type instead, all of it; left out, it is the one that shows the nearest
 */
export function noSuchAccount(typed: string, nearest: string | null, again?: string): Message {
  const hint =
    nearest === null
      ? md`\`/account\` lists yours.`
      : md`Did you mean ${bold(nearest)}? ${code(again ?? `/account ${nearest}`)}`;
  const what = typed === '' ? md`Write which account.` : md`There is no account "${typed.slice(0, 60)}".`;
  return message({ text: md`${what} ${hint}`, blocks: [] });
}

/** It was put away, and can come back. */
export function accountIsAway({ name, slug }: { name: string; slug: string }): Message {
  const back = code(`/account add ${slug}`);
  return message({
    text: md`${bold(name)} was put away. ${back} brings it back, with all that was said.`,
    blocks: [],
  });
}

/** What was done to an account, in one line. */
export function accountSaid(text: string): Message {
  return message({ text: md`${text}`, blocks: [] });
}

const SHOWN = 30;

/** `/account`: the accounts of whoever asks, those that renew next first; everybody's when none is theirs. */
export function accountList(view: {
  areMine: boolean;
  rows: readonly { name: string; slug: string; role: string | null; renews: string | null }[];
}): Message {
  const { rows } = view;
  if (rows.length === 0)
    return message({
      text: md`There is no account yet. \`/account add Acme Corp acme.com\` adds one.`,
      blocks: [],
    });
  const mine = md`${rows.length === 1 ? 'One account is' : `${rows.length} accounts are`} yours:`;
  const none = md`No account is yours; ${rows.length === 1 ? 'there is one' : `there are ${rows.length}`}:`;
  const head = view.areMine ? mine : none;
  const left = rows.length - SHOWN;
  return message({
    text: lines([
      head,
      ...rows
        .slice(0, SHOWN)
        .map((row) =>
          join([
            md`${bold(row.name)} (${row.slug})`,
            row.role !== null && md`${row.role}`,
            row.renews !== null && md`renews ${row.renews}`,
          ]),
        ),
      left > 0 && md`and ${left} more; \`/account acme\` shows any by its name`,
    ]),
    blocks: [],
  });
}

/** Whether Baton computes health, to whoever asked or switched it. */
export function healthSwitched({ isOn, isNew }: { isOn: boolean; isNew: boolean }): Message {
  const how = isOn
    ? md`Baton computes the health of accounts that no other tool feeds, each morning, from what it sees: late answers, reopenings, promises, ratings, conversations, renewal. The card of an account says why.`
    : md`Baton computes no health; what you import is shown with its source and day.`;
  const next = isOn ? md`\`/baton health off\` ends it.` : md`\`/baton health on\` switches it on.`;
  return message({ text: join([isNew && md`Noted.`, how, next], ' '), blocks: [] });
}
