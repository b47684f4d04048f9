import { App, type Receiver } from '@slack/bolt';
import type { Logger } from 'pino';
import { type Rendered, whisper } from '../queue/enqueue.js';
import { once } from '../queue/inbox.js';
import type { ReadTx, Store, Tx } from '../store/transact.js';
import type { SlackApi } from './api.js';
import { type FormTools, type LateForm, openForm } from './forms.js';
import {
  type Command,
  type Interaction,
  parseCommand,
  parsePress,
  parseShortcut,
  parseSubmit,
} from './interactions.js';
import type { ClientLogger } from './logger.js';
import { placeOf, readPlace } from './place.js';

/** What a handler wants the person to see. */
export interface Answer {
  /** Shown to the person alone. */
  say?: Rendered;
  /** By block id: what is wrong with a field of the modal, which then stays open. */
  errors?: Record<string, string>;
  /**
   * Where `say` is shown after a modal, which has no channel of its own: a place (`place.ts`), or `home` for the Home tab;
   * a direct message otherwise.
   */
  sayIn?: string | null;
  /** A modal to open; for a press inside a modal and for a submitted one, what takes its place. */
  open?: unknown;
  /** What the form shows once people were looked up. */
  late?: LateForm;
}

/** Decides whether somebody may do an action. `silent`: outsiders get no answer at all. */
export type Gate<Actor> = (
  tx: ReadTx,
  it: { userId: string; teamId: string | null },
  action: string,
) => Promise<{ actor: Actor } | { refused: 'silent' } | { refused: Rendered }>;

/** What is done about one command, button, shortcut or modal. */
export interface Surface<Actor, I extends Interaction = Interaction> {
  /** The action of `people/may.ts` that it is. */
  may: string;
  /** Keys of what it changes; read outside the transaction, so take them from stable facts only. */
  keys?: (tx: ReadTx, it: I) => Promise<readonly string[]>;
  run: (tx: Tx, actor: Actor, it: I, now: number) => Promise<Answer | undefined>;
}

export interface Surfaces<Actor> {
  /** A command may be split by its first word: see `subcommands.ts`. */
  commands: Record<string, (it: Command) => { surface: Surface<Actor, Command>; it: Command }>;
  presses: Record<string, Surface<Actor, Extract<Interaction, { kind: 'press' }>>>;
  shortcuts: Record<string, Surface<Actor, Extract<Interaction, { kind: 'shortcut' }>>>;
  submits: Record<string, Surface<Actor, Extract<Interaction, { kind: 'submit' }>>>;
}

export interface DispatchOptions<Actor> extends FormTools {
  store: Store;
  slack: SlackApi;
  surfaces: Surfaces<Actor>;
  gate: Gate<Actor>;
  businessNow: () => number;
  machineNow: () => number;
  log: Logger;
  /** Draws Home anew for whoever pressed something in it, with what was answered. */
  inHome: (tx: Tx, userId: string, say: Rendered | undefined) => Promise<void>;
  /** Counts what was refused or not understood, by a short name. */
  count: (what: string) => void;
}

type Ack = (response?: never) => Promise<void>;

/** Bolt hands over; one transaction decides and writes; then the ack goes out with the answer. */
export class Dispatch<Actor> {
  constructor(private readonly o: DispatchOptions<Actor>) {}

  register(app: App): void {
    app.command(/.*/, ({ body, ack }) => this.take(() => parseCommand(body), ack as Ack));
    app.action(/.*/, ({ body, ack }) => this.take(() => parsePress(body), ack as Ack));
    app.shortcut(/.*/, ({ body, ack }) => this.take(() => parseShortcut(body), ack as Ack));
    app.view(/.*/, ({ body, ack }) => this.take(() => parseSubmit(body), ack as Ack));
  }

  private async take(parse: () => Interaction, ack: Ack): Promise<void> {
    let it: Interaction;
    try {
      it = parse();
    } catch (err) {
      this.o.log.error({ err }, 'interaction.unreadable');
      this.o.count('unreadable interaction');
      return ack();
    }
    try {
      const answer = await this.handle(it);
      await this.respond(it, answer, ack);
    } catch (err) {
      await this.failed(it, err, ack);
    }
  }

  private async handle(received: Interaction): Promise<Answer | undefined> {
    const { surface, it } = this.surfaceOf(received);
    if (!surface) {
      this.o.log.error({ it: nameOf(it) }, 'interaction.unknown');
      const who = await this.o.store.read((tx) => this.o.gate(tx, it, 'help.see'));
      if ('refused' in who && who.refused === 'silent') return undefined;
      const say = plainAnswer(
        'This button or command is from another version of Baton and does nothing any more.',
      );
      if (it.kind !== 'command') await this.o.store.transact([], (tx) => this.whisperTo(tx, it, say));
      return { say };
    }
    const keys = surface.keys
      ? await this.o.store.read((tx) => surface.keys?.(tx, it) ?? Promise.resolve([]))
      : [];
    return this.o.store.transact(keys, async (tx) => {
      const gate = await this.o.gate(tx, it, surface.may);
      if ('refused' in gate) {
        this.o.count(`refused ${surface.may}`);
        if (gate.refused === 'silent') return undefined;
        if (it.kind !== 'command') await this.whisperTo(tx, it, gate.refused);
        return { say: gate.refused };
      }
      // A modal that came back with errors is submitted again under the same view: its key is taken on success only.
      if (it.kind !== 'submit' && !(await once(tx, it.key, it.kind, this.o.machineNow()))) return undefined;
      const answer = await surface.run(tx, gate.actor, it, this.o.businessNow());
      if (it.kind === 'submit' && !answer?.errors && !(await once(tx, it.key, it.kind, this.o.machineNow())))
        throw new Twice();
      if (isHome(it, answer)) await this.o.inHome(tx, it.userId, answer?.say);
      else if (answer?.say && it.kind !== 'command') await this.whisperTo(tx, it, answer.say, answer.sayIn);
      return answer;
    });
  }

  private surfaceOf(it: Interaction): { surface: Surface<Actor> | undefined; it: Interaction } {
    const { commands, presses, shortcuts, submits } = this.o.surfaces;
    if (it.kind === 'command') {
      const found = commands[it.command]?.(it);
      return { surface: found?.surface as Surface<Actor> | undefined, it: found?.it ?? it };
    }
    const table = { press: presses, shortcut: shortcuts, submit: submits }[it.kind] as Record<
      string,
      Surface<Actor>
    >;
    // Buttons of one kind beside each other need ids of their own: `issue.escalate_to:engineering`.
    const id = it.kind === 'press' ? (it.actionId.split(':')[0] ?? '') : it.callbackId;
    return { surface: Object.hasOwn(table, id) ? table[id] : undefined, it };
  }

  private async respond(it: Interaction, answer: Answer | undefined, ack: Ack): Promise<void> {
    if (it.kind === 'submit' && answer?.errors)
      return ack({ response_action: 'errors', errors: answer.errors } as never);
    if (it.kind === 'submit' && answer?.open)
      return ack({ response_action: 'update', view: answer.open } as never);
    if (it.kind === 'command' && answer?.say)
      await ack({ response_type: 'ephemeral', ...answer.say } as never);
    else await ack();
    if (answer?.open) await this.open(it, answer.open, answer.late);
  }

  private async open(it: Interaction, view: unknown, late?: LateForm): Promise<void> {
    if (await openForm(this.o, it, view, late)) return;
    await this.o.store.transact([], (tx) =>
      this.whisperTo(tx, it, plainAnswer('Slack was too slow to open the form. Please try again.')),
    );
  }

  private async failed(it: Interaction, err: unknown, ack: Ack): Promise<void> {
    if (err instanceof Twice) return ack();
    const reference = it.key.slice(-8);
    this.o.log.error({ err, it: nameOf(it), reference }, 'interaction.failed');
    const say = plainAnswer(
      `Something went wrong on Baton's side and nothing was changed. Please try again; your admin finds it in the log as ${reference}.`,
    );
    if (it.kind === 'command') return ack({ response_type: 'ephemeral', ...say } as never);
    await ack();
    await this.o.store.transact([], (tx) => this.whisperTo(tx, it, say)).catch(() => undefined);
  }

  private async whisperTo(
    tx: Tx,
    it: Interaction,
    message: Rendered,
    sayIn: string | null = null,
  ): Promise<void> {
    const place = readPlace(it.kind === 'submit' ? sayIn : placeOf(it));
    await whisper(tx, { userId: it.userId, ...place }, message, this.o.businessNow());
  }
}

/** A press in Home, or a form that was opened from there. */
function isHome(it: Interaction, answer: Answer | undefined): boolean {
  if (it.kind === 'press') return it.isHome === true;
  return it.kind === 'submit' && answer?.sayIn === 'home';
}

/** The same modal submitted a second time, e.g. by an impatient double press. */
class Twice extends Error {
  override name = 'Twice';
}

function nameOf(it: Interaction): string {
  return it.kind === 'command' ? it.command : it.kind === 'press' ? it.actionId : it.callbackId;
}

function plainAnswer(text: string): Rendered {
  return { text, blocks: [{ type: 'section', text: { type: 'plain_text', text, emoji: false } }] };
}

/** Builds Bolt around our receiver, without the defaults that lose or repeat things. */
export function createBolt(options: {
  token: string;
  apiUrl?: string;
  receiver: Receiver;
  logger: ClientLogger;
}): App {
  return new App({
    token: options.token,
    receiver: options.receiver,
    deferInitialization: true,
    ignoreSelf: false,
    convoStore: false,
    logger: options.logger,
    clientOptions: {
      ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
      timeout: 10_000,
      retryConfig: { retries: 2, minTimeout: 200, maxTimeout: 1_000 },
      rejectRateLimitedCalls: true,
    },
  });
}
