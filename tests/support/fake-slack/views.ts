/** Modal stacks and Home tabs. */
import { checkView } from './block-kit.js';
import { withBlockIds } from './content.js';
import type { Core } from './core.js';
import { SlackError } from './errors.js';
import type { Block, JsonObject, StateEntry, StateValues, View } from './types.js';
import { currentValues } from './view-state.js';

const MOST_VIEWS = 3;
const MOST_BYTES = 250_000;

export class Views {
  readonly #stacks = new Map<string, View[]>();
  readonly #homes = new Map<string, View>();
  /** What people have typed or picked so far, by view id. */
  readonly #entered = new Map<string, StateValues>();

  constructor(private readonly core: Core) {}

  stack(user: string): View[] {
    return this.#stacks.get(user) ?? [];
  }

  top(user: string): View | undefined {
    return this.stack(user).at(-1);
  }

  home(user: string): View | undefined {
    return this.#homes.get(user);
  }

  find(id: string | undefined, externalId: string | undefined): View | undefined {
    return this.#all().find(
      (view) =>
        view.id === id || (externalId !== undefined && externalId !== '' && view.external_id === externalId),
    );
  }

  /** Validates a view definition; every finding also goes to the violations. */
  accept(view: unknown, type: 'modal' | 'home'): JsonObject {
    if (Buffer.byteLength(JSON.stringify(view ?? null)) > MOST_BYTES)
      throw this.#refused('view_too_large', ['[ERROR] view is larger than 250 kB']);
    const findings = checkView(view, type);
    if (findings.length > 0) throw this.#refused('invalid_arguments', findings);
    return view as JsonObject;
  }

  open(user: string, definition: JsonObject): View {
    const view = this.#create(definition);
    this.#stacks.set(user, [view]);
    return view;
  }

  push(user: string, definition: JsonObject): View {
    const stack = this.stack(user);
    const below = stack.at(-1);
    if (!below) throw new SlackError('invalid_trigger_id');
    if (stack.length >= MOST_VIEWS) throw new SlackError('push_limit_reached');
    const view = {
      ...this.#create(definition),
      previous_view_id: below.id,
      root_view_id: below.root_view_id,
    };
    this.#stacks.set(user, [...stack, view]);
    return view;
  }

  update(view: View, definition: JsonObject): View {
    const entered = this.#entered.get(view.id) ?? {};
    const { id, previous_view_id, root_view_id } = view;
    this.#checkExternalId(definition, view);
    Object.assign(view, this.#shape(definition), { id, previous_view_id, root_view_id });
    this.#entered.set(id, keepTyped(entered, view.blocks));
    return this.refresh(view);
  }

  publish(user: string, definition: JsonObject): View {
    const before = this.#homes.get(user);
    const view = before ? this.update(before, definition) : this.#create(definition);
    this.#homes.set(user, view);
    return view;
  }

  /** Closes the top view; with `all`, the whole stack. */
  close(user: string, all = false): void {
    this.#stacks.set(user, all ? [] : this.stack(user).slice(0, -1));
  }

  /** Remembers what the user entered in one element. */
  enter(view: View, blockId: string, actionId: string, entry: StateEntry): void {
    const entered = this.#entered.get(view.id) ?? {};
    entered[blockId] = { ...entered[blockId], [actionId]: entry };
    this.#entered.set(view.id, entered);
    this.refresh(view);
  }

  /** Recomputes `state.values` from initial values and what was entered. */
  refresh(view: View): View {
    view.state = { values: currentValues(view.blocks, this.#entered.get(view.id) ?? {}) };
    return view;
  }

  #all(): View[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }

  #create(definition: JsonObject): View {
    this.#checkExternalId(definition, undefined);
    const id = `V${String(this.core.world.serial()).padStart(9, '0')}`;
    const view = { ...this.#shape(definition), id, previous_view_id: null, root_view_id: id };
    return this.refresh(view);
  }

  #shape(definition: JsonObject): Omit<View, 'id' | 'previous_view_id' | 'root_view_id'> {
    const { identity, world } = this.core;
    return {
      team_id: identity.teamId,
      type: definition.type as View['type'],
      blocks: withBlockIds(this.core, definition.blocks as Block[]),
      private_metadata: String(definition.private_metadata ?? ''),
      callback_id: String(definition.callback_id ?? ''),
      external_id: String(definition.external_id ?? ''),
      state: { values: {} },
      hash: `${Math.floor(world.now() / 1000)}.${String(world.serial()).padStart(8, '0')}`,
      ...(definition.title ? { title: definition.title as JsonObject } : {}),
      submit: (definition.submit as JsonObject | undefined) ?? null,
      close: (definition.close as JsonObject | undefined) ?? null,
      clear_on_close: definition.clear_on_close === true,
      notify_on_close: definition.notify_on_close === true,
      app_id: identity.appId,
      app_installed_team_id: identity.teamId,
      bot_id: identity.botId,
    };
  }

  #checkExternalId(definition: JsonObject, self: View | undefined): void {
    const externalId = definition.external_id;
    if (!externalId) return;
    if (this.#all().some((view) => view !== self && view.external_id === externalId))
      throw new SlackError('duplicate_external_id');
  }

  #refused(code: string, findings: string[]): SlackError {
    this.core.violations.push(...findings);
    return new SlackError(code, { response_metadata: { messages: findings } });
  }
}

/** An update keeps what was typed where block_id, action_id and type all stay. */
function keepTyped(entered: StateValues, blocks: Block[]): StateValues {
  const fresh = currentValues(blocks, {});
  const kept: StateValues = {};
  for (const [blockId, elements] of Object.entries(entered)) {
    for (const [actionId, entry] of Object.entries(elements)) {
      if (fresh[blockId]?.[actionId]?.type === entry.type)
        kept[blockId] = { ...kept[blockId], [actionId]: entry };
    }
  }
  return kept;
}
