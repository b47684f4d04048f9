import { describe, expect, it } from 'vitest';
import { alertCard } from '../../../src/alerts/messages.js';
import { RULES } from '../../../src/signals/rules/registry.js';

describe.each(RULES)('rule $id', (rule) => {
  it('proposes a next step, which the card shows', () => {
    expect(rule.nextStep.trim().length).toBeGreaterThan(0);
    // Whoever switches it reads "When …"; its numbers are tuned, so the words have none.
    expect(rule.when).toMatch(/^[^A-Z\d.][^\d]*[^.]$/);
    const card = alertCard({
      id: 1,
      account: 'Acme',
      severity: rule.severity,
      csm: null,
      why: [],
      openIssues: [],
      tier: null,
      renews: null,
      goal: null,
      next: rule.nextStep,
      state: 'open',
      owner: null,
      dueText: null,
      endText: null,
      endedAt: null,
      spoke: null,
      sleeps: null,
      note: null,
      offer: null,
    });
    expect(JSON.stringify(card.blocks)).toContain(`Next: ${rule.nextStep}`);
  });
});
