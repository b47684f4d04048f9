import { type SettingChange, writeVersion } from '../../settings/store.js';
import type { Tx } from '../../store/transact.js';
import type { RuleSetting } from '../rules/in-force.js';
import { RULES_SCOPE, ruleSettings } from './settings.js';

/**
 * Switches or tunes one rule: a new version with who and why. What is not named stays. Callers hold the key `rules`.
 * @returns whether that changed anything
 */
export async function changeRule(
  tx: Tx,
  id: string,
  set: RuleSetting,
  change: SettingChange,
): Promise<boolean> {
  const standing = (await ruleSettings(tx)).get(id)?.value ?? {};
  return writeVersion(tx, RULES_SCOPE, id, { ...standing, ...set }, change);
}

/**
 * Takes over a rules file: numbers that it does not name are as Baton comes again, counting rules that it does not name
 * are gone, modes that it does not name stay. Callers hold the key `rules`.
 * @returns the ids of rules that changed
 */
export async function applyRules(
  tx: Tx,
  file: ReadonlyMap<string, RuleSetting>,
  change: SettingChange,
): Promise<string[]> {
  const standing = await ruleSettings(tx);
  const changed: string[] = [];
  for (const id of new Set([...standing.keys(), ...file.keys()])) {
    const mode = file.get(id)?.mode ?? standing.get(id)?.value.mode;
    const numbers = file.get(id)?.numbers ?? {};
    const counting = file.get(id)?.counting;
    const value: RuleSetting = {
      ...(mode === undefined ? {} : { mode }),
      ...(Object.keys(numbers).length === 0 ? {} : { numbers }),
      ...(counting === undefined ? {} : { counting }),
    };
    if (await writeVersion(tx, RULES_SCOPE, id, value, change)) changed.push(id);
  }
  return changed;
}
