/** A tracker's own form for a new item, filled in. */
export interface NewItemForm {
  /** `New in GitHub: acme/app`. */
  label: string;
  url: string;
}

/** What the form is filled in with. */
export interface NewItem {
  /** `B-42`, which the item then names, so that it can be offered to link it. */
  name: string;
  title: string;
  /** The customer's words; null when they are gone. */
  words: string | null;
  /** Where the card of the issue stands; null when it is not posted yet. */
  cardUrl: string | null;
}

/** An address longer than this does not fit a button of Slack. */
const URL_MAX = 2_900;
const FORMS_MAX = 3;

/**
 * The forms of the places that these addresses name or lie in, the first of each place first: GitHub repositories and
 * Linear teams. Jira has no form that is reached without the numbers of its project.
 */
export function newItemForms(addresses: readonly string[], item: NewItem): NewItemForm[] {
  const forms = new Map<string, NewItemForm>();
  for (const address of addresses) {
    const form = formAt(address, item);
    if (form && !forms.has(form.label)) forms.set(form.label, form);
    if (forms.size === FORMS_MAX) break;
  }
  return [...forms.values()];
}

function formAt(address: string, item: NewItem): NewItemForm | undefined {
  const [, workspace, team] = linearTeam(address) ?? [];
  if (team)
    return form(
      `New in Linear: ${team}`,
      `https://linear.app/${workspace}/team/${team}/new`,
      'description',
      item,
    );
  const repository = /^(https:\/\/github[\w.-]+\/([\w.-]+\/[\w.-]+))(?:\/|$)/.exec(address);
  if (!repository) return undefined;
  return form(`New in GitHub: ${repository[2]}`, `${repository[1]}/issues/new`, 'body', item);
}

/** The workspace and the team of an address of a team or of one of its issues. */
function linearTeam(address: string): RegExpExecArray | null {
  return (
    /^https:\/\/linear\.app\/([\w-]+)\/team\/([A-Za-z0-9]+)/.exec(address) ??
    /^https:\/\/linear\.app\/([\w-]+)\/issue\/([A-Za-z0-9]+)-\d/.exec(address)
  );
}

function form(label: string, base: string, bodyName: string, item: NewItem): NewItemForm | undefined {
  for (const wordsMax of [1_200, 400, 0]) {
    const url = `${base}?${new URLSearchParams({
      title: item.title,
      [bodyName]: bodyOf(item, wordsMax),
    }).toString()}`;
    if (url.length <= URL_MAX) return { label, url };
  }
  return undefined;
}

function bodyOf({ name, words, cardUrl }: NewItem, wordsMax: number): string {
  const said = Array.from(words ?? '')
    .slice(0, wordsMax)
    .join('')
    .trim();
  const quoted = said === '' ? [] : [said.replace(/^/gm, '> '), ''];
  return [...quoted, `Baton: ${name}${cardUrl ? ` ${cardUrl}` : ''}`].join('\n');
}
