import { setTimeout as pause } from 'node:timers/promises';
import type { FakeSlack, Interaction } from '../support/fake-slack/index.js';
import type { Board } from './board.js';
import { peopleOf, type Story } from './plan.js';

/** Plays one story as its people would: what Slack shows as failed is tried again, nothing else is. */
export async function play(story: Story, slack: FakeSlack, board: Board, until: AbortSignal): Promise<void> {
  const { token, channel, customer } = story;
  const { agent } = peopleOf(story.account);
  const { ts } = await slack.post(channel, customer, `${token} the export drops rows since Monday`);
  await Promise.all([
    slack.react(channel, ts, 'sam', 'ticket'),
    story.hasSecondLogger && slack.react(channel, ts, 'priya', 'ticket'),
    goOnWriting(story, slack, ts),
  ]);
  const card = await board.waitFor('triage', token, until);
  const name = /\bB-\d+\b/.exec(card.text)?.[0] ?? '';
  if (story.isTaken)
    await persist(until, () => slack.press(agent, 'triage', card.ts, 'issue.take', { stale: true }));
  if (story.isEscalated) await escalate(story, name, slack, until);
  if (!story.isMadeLive) return;
  await persist(until, () => slack.command('eli', 'triage', '/baton', `fix live ${name}`));
  const dm = await board.waitFor('dm:', token, until);
  if (!story.isTold) return;
  const owner = dm.place.slice('dm:'.length);
  await persist(until, () => slack.press(owner, slack.dm(owner).id, dm.ts, 'followup.told', { stale: true }));
}

async function goOnWriting({ channel, customer, replies }: Story, slack: FakeSlack, ts: string) {
  for (let n = 0; n < replies; n += 1) {
    await pause(40 * n);
    await slack.post(channel, customer, `and another thing, number ${n}`, { threadTs: ts });
  }
}

async function escalate({ token }: Story, name: string, slack: FakeSlack, until: AbortSignal): Promise<void> {
  await persist(until, () => slack.command('sam', 'triage', '/escalate', `${name} blocked, says ${token}`));
  const ask = slack
    .ephemerals()
    .findLast((message) => JSON.stringify(message.blocks).includes(`says ${token}`));
  if (!ask) throw new Error(`nobody was asked to whom ${token} goes`);
  await persist(until, () => slack.press('sam', 'triage', ask.ts, 'issue.escalate_to:engineering'));
}

/** Slack neither keeps nor repeats what people press while nobody listens: they see it and press again. */
async function persist(until: AbortSignal, action: () => Promise<Interaction>): Promise<void> {
  for (;;) {
    const { acked, ackPayload } = await action();
    if (acked && !JSON.stringify(ackPayload ?? '').includes('Please try again')) return;
    await pause(250, undefined, { signal: until });
  }
}
