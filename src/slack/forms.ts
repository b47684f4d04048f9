import type { Logger } from 'pino';
import type { ReadTx, Store } from '../store/transact.js';
import type { SlackApi } from './api.js';
import { classify } from './errors.js';
import type { Interaction } from './interactions.js';

/** A form that can show all only once people were looked up: it is open meanwhile, and is drawn anew then. */
export interface LateForm {
  /** Slack user ids. */
  users: readonly string[];
  draw: (tx: ReadTx) => Promise<unknown>;
}

export interface FormTools {
  store: Store;
  slack: SlackApi;
  log: Logger;
  /** Asks Slack who these are, as far as that is not known. */
  lookUp: (users: readonly string[]) => Promise<void>;
}

/**
 * Opens a form, or has it take the place of the one in which something was pressed. Slack wants it within three seconds
 * of the press.
 * @returns false when Slack did not open it
 */
export async function openForm(
  tools: FormTools,
  it: Interaction,
  view: unknown,
  late: LateForm | undefined,
): Promise<boolean> {
  const { slack, log } = tools;
  try {
    if (it.kind === 'press' && it.isModal && it.viewId !== null)
      await slack.updateView(it.viewId, undefined, view);
    else {
      const viewId = await slack.openView(it.triggerId, view);
      if (late) await drawLate(tools, viewId, late);
    }
    return true;
  } catch (err) {
    log.warn({ err, code: classify(err).code }, 'interaction.modal_not_opened');
    return false;
  }
}

/** What people typed meanwhile stays: the fields keep their ids. A form that was sent or closed meanwhile is none. */
async function drawLate(tools: FormTools, viewId: string, { users, draw }: LateForm): Promise<void> {
  const { log, lookUp, slack, store } = tools;
  const inform = (err: unknown) => log.info({ err, code: classify(err).code }, 'interaction.late_form');
  await lookUp(users).catch(inform);
  await store
    .read(draw)
    .then((view) => slack.updateView(viewId, undefined, view))
    .catch(inform);
}
