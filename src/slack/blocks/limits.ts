/**
 * Every number Slack refuses a message or view for, in one table. Lengths are counted in UTF-16 units, which is never
 * less than what Slack counts (whether it counts units, code points or bytes is not documented).
 * Sources: the Block Kit reference at docs.slack.dev and the comments of `@slack/types`, unless a line says otherwise.
 */
export const LIMITS = {
  /** reference/block-kit/blocks */
  blocksPerMessage: 50,
  /** reference/block-kit/blocks: modals and App Home */
  blocksPerView: 100,
  /**
   * Length of the JSON of all blocks of a message. Not documented: refused (`msg_blocks_too_long`) at about 13,200
   * characters with the containers counted, and once at 11,341 characters of text (bolt-js #2509, #2867).
   */
  messageJson: 12_000,
  /** Bytes of the JSON of a view: 250 kB by views.update (`view_too_large`), with room for what Slack adds. */
  viewBytes: 200_000,
  /** Top-level `text`. Documented as 4,000 wanted, 40,000 cut; in fact `msg_too_long` near 4,000. */
  messageText: 3000,
  /** text object; the least is 1 */
  text: 3000,
  /** section */
  sectionText: 3000,
  /** Text object inside a context block: 3,000 by the reference, 2,000 by several implementations. The lesser is kept. */
  contextText: 2000,
  contextElements: 10,
  actionsElements: 25,
  headerText: 150,
  /** block_id, action_id, callback_id, external_id */
  id: 255,
  buttonText: 75,
  buttonValue: 2000,
  buttonLabel: 75,
  url: 3000,
  optionText: 75,
  optionDescription: 75,
  /** reference/block-kit/composition-objects/option-object; the comment in `@slack/types` still says 75 */
  optionValue: 150,
  selectOptions: 100,
  overflowOptions: 5,
  /** radio buttons, checkboxes */
  choiceOptions: 10,
  placeholder: 150,
  inputLabel: 2000,
  inputHint: 2000,
  /** plain_text_input: max_length, min_length and so initial_value */
  inputText: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3000,
  /** Ours, not Slack's: a longer address inside mrkdwn would eat the text around it, so it is shown without a link. */
  inlineUrl: 1500,
} as const;

/** Stands where Slack insists on text and there is none. */
export const EMPTY = '–';

/**
 * A mistake in our own code (too long an id, six overflow options, two equal block ids): thrown while the message is
 * built, so a test or the outbox row shows it, instead of an `invalid_blocks` in production. Never thrown for human text.
 */
export class BlockMisuse extends Error {
  override readonly name = 'BlockMisuse';
}

/**
 * Holds a value made by us (an id, a metadata string) to its limit.
 * @param what names the value in the error
 * @throws BlockMisuse when it is empty or longer than `max` UTF-16 units
 */
export function own(what: string, value: string, max: number): string {
  if (value.length === 0) throw new BlockMisuse(`${what} is empty`);
  if (value.length > max)
    throw new BlockMisuse(`${what} has ${value.length} characters, Slack allows ${max}`);
  return value;
}

/** @throws BlockMisuse when `count` is more than `max` */
export function atMost(what: string, count: number, max: number): void {
  if (count > max) throw new BlockMisuse(`${what}: ${count} given, Slack allows ${max}`);
}

/** @throws BlockMisuse when two of the ids are equal */
export function unique(what: string, ids: readonly (string | undefined)[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (id === undefined) continue;
    if (seen.has(id)) throw new BlockMisuse(`${what} "${id}" is used twice`);
    seen.add(id);
  }
}
