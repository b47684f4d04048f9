/** One thing that the doctor looked at. */
export interface Check {
  /** What was looked at, e.g. `scopes` or `channel #acme`. */
  name: string;
  isOk: boolean;
  /** How it stands, in words. */
  line: string;
  /** What to do about it; only where something is wrong. */
  mend?: string;
}

export const ok = (name: string, line: string): Check => ({ name, isOk: true, line });
export const bad = (name: string, line: string, mend: string): Check => ({ name, isOk: false, line, mend });

/** Looks, and takes a look that fails as a finding. */
export async function looking(
  name: string,
  mend: string,
  look: () => Promise<Check | Check[]>,
): Promise<Check[]> {
  try {
    const found = await look();
    return Array.isArray(found) ? found : [found];
  } catch (err) {
    return [
      bad(name, err instanceof Error ? (err.message.split('\n')[0] ?? err.message) : String(err), mend),
    ];
  }
}

/** The findings for a screen: what is wrong first, with what to do. */
export function reportText(checks: readonly Check[]): string {
  const wrong = checks.filter((check) => !check.isOk);
  const lines = [...wrong, ...checks.filter((check) => check.isOk)].flatMap((check) => [
    `${check.isOk ? '✓' : '✗'} ${check.name}: ${check.line}`,
    ...(check.mend === undefined ? [] : [`    ${check.mend}`]),
  ]);
  const end =
    wrong.length === 0
      ? 'Baton is well.'
      : `${wrong.length} ${wrong.length === 1 ? 'thing needs' : 'things need'} you.`;
  return `${lines.join('\n')}\n\n${end}\n`;
}

/** The same for a machine. */
export function reportJson(checks: readonly Check[]): string {
  return `${JSON.stringify({ ok: checks.every((check) => check.isOk), checks }, null, 2)}\n`;
}
