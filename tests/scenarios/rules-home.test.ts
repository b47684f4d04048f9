import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { onEveryDatabase } from '../support/databases.js';
import { checkView } from '../support/fake-slack/index.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

onEveryDatabase('rules in Home', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const versions = async () =>
    (await rowsOf(store, 'settings'))
      .filter((row) => row.scope === 'rules')
      .map(({ key, version, who, why, value }) => ({ key, version, who, why, value }));
  const page = (user: string) =>
    office.pressesInHome(user, 'home.go:rules', JSON.stringify({ name: 'rules' }));
  const numbers = { fire: '1', clear: '0', holdMinutes: '0', cooldownDays: '2', workingDays: '1' };
  const typed = (more: Record<string, string>) =>
    Object.fromEntries([
      ...Object.entries({ ...numbers, ...more }).map(([name, value]) => [`n.${name}`, value]),
      ['mode', more.mode ?? 'on'],
      ['why', more.why ?? 'too loud'],
    ]);

  it('a lead sees those of their functions, changes one, and each change is a version with who and why', async () => {
    await office.opensHome('lea');
    expect(await office.opensHome('lea')).toContain('*Rules*');
    expect(await page('lea')).toContain('*S20* customer waiting · speaks');
    expect(checkView(JSON.parse(office.home('lea')), 'home')).toEqual([]);
    const form = await office.press('lea', 'rules.tune:S20', 'S20');
    expect(JSON.stringify(form?.open)).toContain('Days of quiet afterwards');
    expect((await office.submit('lea', form, typed({ workingDays: 'two', clear: '1' })))?.errors).toEqual({
      'n.workingDays': 'write a number, e.g. 1',
    });
    expect(await versions()).toEqual([]);
    await office.submit('lea', form, typed({ workingDays: '2' }));
    await office.submit('lea', form, typed({ workingDays: '2', why: 'again' }));
    await office.submit('lea', form, typed({ mode: 'observe', why: 'until Monday' }));
    expect(await versions()).toEqual([
      {
        key: 'S20',
        version: 1,
        who: 'ULEA',
        why: 'too loud',
        value: { mode: 'on', numbers: { workingDays: 2 } },
      },
      { key: 'S20', version: 2, who: 'ULEA', why: 'until Monday', value: { mode: 'observe', numbers: {} } },
    ]);
    expect(await page('lea')).toContain(
      '*S20* customer waiting · watches\\nWhen the customer has the last word for over a working day, with a question or an open issue\\nProposes: see that somebody answers today\\nLea Novak, Tue: until Monday',
    );
  });

  it('nobody else sees or changes them, by whatever button', async () => {
    expect(await office.opensHome('sam')).not.toContain('*Rules*');
    expect(await page('sam')).not.toContain('S20');
    const form = await office.press('lea', 'rules.tune:S20', 'S20');
    expect((await office.press('sam', 'rules.tune:S20', 'S20'))?.open).toBeUndefined();
    await office.submit('sam', form, typed({ workingDays: '3' }));
    expect(await versions()).toEqual([]);
    expect((await office.press('lea', 'rules.tune:S99', 'S99'))?.open).toBeUndefined();
  });
});
