import { type TrackerAccess, trackerApis } from '../../fixes/ask/index.js';
import { bad, type Check, looking, ok } from './check.js';

/** Whether the trackers that Baton may ask let it; nothing where it asks none. */
export async function trackerChecks(access: TrackerAccess | undefined): Promise<Check[]> {
  const { github, linear } = trackerApis(access);
  const checks: Check[] = [];
  if (github && access?.github.token)
    checks.push(...(await known('GitHub', 'GITHUB_TOKEN', () => github.knowsUs())));
  if (linear) checks.push(...(await known('Linear', 'LINEAR_API_KEY', () => linear.knowsUs())));
  return checks;
}

function known(name: string, setting: string, ask: () => Promise<boolean>): Promise<Check[]> {
  return looking(name, `Check that ${name} can be reached from here.`, async () =>
    (await ask())
      ? ok(name, `takes ${setting}`)
      : bad(name, `refuses ${setting}`, `Make a new one in ${name}, set ${setting} to it, and restart.`),
  );
}
