import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type HistoryLine, historyMessage } from '../../../src/issues/messages/history.js';

const SRC = new URL('../../../src/', import.meta.url);

/** Every kind of event that can stand in the history of an issue: its own, its fix's, and what is owed for it. */
function kindsOfIssues(): string[] {
  const files = ['loop.ts', ...readdirSync(new URL('loop/', SRC)).map((name) => `loop/${name}`)];
  const text = files.map((name) => readFileSync(new URL(name, SRC), 'utf8')).join('\n');
  const kinds = [...text.matchAll(/^ {2}'([a-z]+\.[a-z_]+)': \[/gm)].map((found) => found[1] ?? '');
  const ofIssues = /^(issue|escalation|promise|rating|level|loop|fix|followup)\./;
  const others = ['contact.seen', 'contact.answered', 'contact.dismissed', 'message.edited', 'flag.accepted'];
  return kinds.filter((kind) => ofIssues.test(kind) || others.includes(kind));
}

/** What the history says of one event. */
function saidOf(kind: string, data: HistoryLine['data'] = {}): string {
  const line = { when: 'Tue 10:26', who: 'Baton', func: null, from: 'clock', ofIssue: null };
  const lines = [{ ...line, kind, before: null, after: null, data }];
  const view = { name: 'B-1', title: 'Export drops rows', number: 1, page: 0, hasOlder: false, lines };
  return JSON.stringify(historyMessage(view).blocks);
}

describe('the history of an issue', () => {
  it('has words of its own for everything that can happen to it', () => {
    const kinds = kindsOfIssues();
    expect(kinds).toContain('issue.opened');
    expect(kinds).toContain('followup.snoozed');
    expect(kinds.filter((kind) => saidOf(kind).includes(kind.replace(/[._]/g, ' ')))).toEqual([]);
    expect(saidOf('issue.unheard_of')).toContain('issue unheard of');
  });

  it('says which promise of a time broke', () => {
    expect(saidOf('level.missed', { clock: 'next_reply' })).toContain(
      '*Baton* saw that the next reply is late · clock',
    );
  });
});
