import { describe, expect, it } from 'vitest';
import { wholeText } from '../../../../src/slack/blocks/whole.js';

const said = (typed: string) => JSON.stringify(wholeText(typed));

describe('what was typed, given back whole', () => {
  it('names channels and people as they were typed, with no entity twice', () => {
    expect(said('link acme <#C0TRIAGE|triage> &amp; <@U0ELI|eli>')).toContain('link acme #triage &amp; @eli');
  });

  it('loses nothing of a long text', () => {
    const long = 'x'.repeat(1500);
    expect(said(long).replace(/[^x]/g, '').replaceAll('text', '').length).toBeGreaterThanOrEqual(1500);
  });
});
