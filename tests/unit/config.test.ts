import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, readOfflineConfig } from '../../src/config.js';

const GOOD = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (err) {
    if (err instanceof ConfigError) return err.problems;
    throw err;
  }
  return [];
}

describe('the settings', () => {
  it('are two tokens; the rest has defaults', () => {
    expect(readConfig(GOOD)).toMatchObject({
      botToken: 'xoxb-1',
      transport: { kind: 'socket', appToken: 'xapp-1' },
      database: { kind: 'sqlite', file: 'data/baton.db' },
      port: 3000,
      logLevel: 'info',
      admins: [],
    });
  });

  it('that are missing or wrong are all named at once, each with what to do', () => {
    const problems = problemsOf({
      SLACK_APP_TOKEN: 'xoxb-swapped',
      DATABASE_URL: 'mysql://x',
      BATON_PORT: 'eighty',
      LOG_LEVEL: 'loud',
      SLACK_API_URL: 'not an address',
    });
    const names = problems.map((problem) => problem.split(' ')[0]).sort();
    expect(names).toEqual([
      'BATON_PORT',
      'DATABASE_URL',
      'LOG_LEVEL',
      'SLACK_API_URL',
      'SLACK_APP_TOKEN',
      'SLACK_BOT_TOKEN',
    ]);
    expect(problems.join('\n')).toContain('OAuth & Permissions');
    expect(problems.join('\n')).toContain('does not start with xapp-');
  });

  it('never show the value of a secret in what is wrong', () => {
    const secret = 'xoxp-very-secret-token';
    expect(problemsOf({ SLACK_BOT_TOKEN: secret, SLACK_APP_TOKEN: secret }).join()).not.toContain(
      'very-secret',
    );
  });

  it('that are empty are not set', () => {
    expect(problemsOf({ ...GOOD, SLACK_BOT_TOKEN: '' })).toHaveLength(1);
    expect(readConfig({ ...GOOD, DATABASE_URL: '', LOG_LEVEL: '', BATON_ADMINS: '' }).admins).toEqual([]);
  });

  it('over HTTP want a signing secret and no app token', () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1', BATON_TRANSPORT: 'http' })).toEqual([
      expect.stringContaining('SLACK_SIGNING_SECRET missing'),
    ]);
    const env = { SLACK_BOT_TOKEN: 'xoxb-1', BATON_TRANSPORT: 'http', SLACK_SIGNING_SECRET: 'x'.repeat(32) };
    expect(readConfig(env).transport.kind).toBe('http');
  });

  it('name admins in a list, with or without spaces', () => {
    expect(readConfig({ ...GOOD, BATON_ADMINS: 'lea, U123 ,ana@x.com,' }).admins).toEqual([
      'lea',
      'U123',
      'ana@x.com',
    ]);
  });

  it('of commands beside the running Baton need no app token', () => {
    expect(readOfflineConfig({ SLACK_BOT_TOKEN: 'xoxb-1', DATABASE_URL: 'postgres://h/d' })).toMatchObject({
      database: { kind: 'postgres', url: 'postgres://h/d' },
    });
  });
});
