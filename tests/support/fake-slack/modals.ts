/** Filling in, submitting and closing modals. */
import type { Asking } from './asking.js';
import type { Core } from './core.js';
import { SlackError } from './errors.js';
import type { FakeUser, FieldValue, Interaction, JsonObject, StateEntry, View } from './types.js';
import { enteredEntry, isBlank, type Placed, placedElements } from './view-state.js';

export class Modals {
  constructor(
    private readonly core: Core,
    private readonly asking: Asking,
  ) {}

  top(userRef: string): View {
    const user = this.core.world.user(userRef);
    const view = this.core.views.top(user.id);
    if (!view) throw new Error(`fake Slack: ${user.name} has no modal open`);
    return view;
  }

  /** Enters values by block_id or action_id. */
  async fill(userRef: string, values: Record<string, FieldValue>): Promise<void> {
    const view = this.top(userRef);
    const user = this.core.world.user(userRef);
    for (const [key, given] of Object.entries(values)) {
      const placed = findField(view, key);
      const entry = enteredEntry(placed.element, given, await this.#offered(user, view, placed, given));
      this.core.views.enter(view, placed.block.block_id ?? '', placed.element.action_id, entry);
    }
  }

  async submit(userRef: string, values: Record<string, FieldValue>, force: boolean): Promise<Interaction> {
    await this.fill(userRef, values);
    const user = this.core.world.user(userRef);
    const view = this.core.views.refresh(this.top(userRef));
    const missing = force ? [] : clientComplaints(view);
    if (missing.length > 0)
      throw new Error(`fake Slack: the client does not let ${user.name} submit: ${missing.join('; ')}`);
    const { interaction, ack } = await this.asking.send('interactive', { user }, ({ triggerId }) => ({
      ...this.asking.base('view_submission', user, triggerId),
      view: structuredClone(view),
      response_urls: [],
    }));
    if (ack.acked) this.#obey(user, view, ack.payload, interaction);
    return interaction;
  }

  async close(userRef: string, clear: boolean): Promise<Interaction | undefined> {
    const user = this.core.world.user(userRef);
    const view = this.top(userRef);
    this.core.views.close(user.id, clear || view.clear_on_close);
    if (!view.notify_on_close) return undefined;
    const { interaction } = await this.asking.send('interactive', { user }, () => ({
      ...this.asking.base('view_closed', user, undefined),
      view: structuredClone(view),
      is_cleared: clear,
    }));
    return interaction;
  }

  /** Does what the answer to a submission says; a bad answer is shown to the user as trouble. */
  #obey(user: FakeUser, view: View, payload: unknown, interaction: Interaction): void {
    const answer = (payload ?? {}) as JsonObject;
    const { views } = this.core;
    try {
      if (answer.response_action === undefined) this.#closeIfStillTop(user, view);
      else if (answer.response_action === 'clear') views.close(user.id, true);
      else if (answer.response_action === 'update') views.update(view, views.accept(answer.view, 'modal'));
      else if (answer.response_action === 'push') views.push(user.id, views.accept(answer.view, 'modal'));
      else if (answer.response_action === 'errors')
        interaction.viewErrors = this.#errors(view, answer.errors);
      else throw new SlackError('invalid_response_action');
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      interaction.problem = error.code;
    }
  }

  #closeIfStillTop(user: FakeUser, view: View): void {
    // The app may have pushed or replaced views while it was handling the submission.
    if (this.core.views.top(user.id)?.id === view.id) this.core.views.close(user.id);
  }

  #errors(view: View, errors: unknown): Record<string, string> {
    const given = Object.entries((errors ?? {}) as Record<string, string>);
    const inputs = new Set(
      view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id),
    );
    for (const [blockId, text] of given) {
      if (inputs.has(blockId) && typeof text === 'string' && text !== '') continue;
      this.core.violations.push(
        `[ERROR] view errors: "${blockId}" is not an input block of the view, or its text is empty`,
      );
      throw new SlackError('invalid_view_errors');
    }
    return Object.fromEntries(given);
  }

  async #offered(
    user: FakeUser,
    view: View,
    placed: Placed,
    given: FieldValue,
  ): Promise<JsonObject[] | undefined> {
    const external =
      placed.element.type === 'external_select' || placed.element.type === 'multi_external_select';
    if (!external || given === null || (typeof given === 'object' && 'option' in given)) return undefined;
    const wanted =
      typeof given === 'object' && !Array.isArray(given)
        ? 'selected' in given
          ? given.selected
          : given.value
        : given;
    const query = String([wanted].flat()[0] ?? '');
    return this.asking.suggest(user, placed, query, { view: structuredClone(view) });
  }
}

/** The field a test means: an action_id, or the block_id of a block with one element. */
function findField(view: View, key: string): Placed {
  const placed = placedElements(view.blocks);
  const found =
    placed.find((one) => one.block.block_id === key) ?? placed.find((one) => one.element.action_id === key);
  if (found) return found;
  const known = placed.map((one) => `${one.block.block_id}/${one.element.action_id}`).join(', ');
  throw new Error(`fake Slack: the open modal has no field "${key}"; it has: ${known || 'none'}`);
}

/** What Slack's own client checks before it sends a submission. */
function clientComplaints(view: View): string[] {
  const complaints: string[] = [];
  for (const { block, element } of placedElements(view.blocks)) {
    if (block.type !== 'input') continue;
    const entry = view.state.values[block.block_id ?? '']?.[element.action_id];
    if (isBlank(entry)) {
      if (block.optional !== true) complaints.push(`"${block.block_id}/${element.action_id}" is required`);
    } else complaints.push(...lengthComplaints(element, entry));
  }
  return complaints;
}

function lengthComplaints(element: JsonObject, entry: StateEntry | undefined): string[] {
  if (element.type !== 'plain_text_input') return [];
  const { length } = String(entry?.value ?? '');
  const least = Number(element.min_length ?? 0);
  const most = Number(element.max_length ?? 3000);
  return length < least || length > most
    ? [`"${String(element.action_id)}" has ${length} characters, allowed are ${least} to ${most}`]
    : [];
}
