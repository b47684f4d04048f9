import { z } from 'zod';

const Block = z.object({
  type: z.string(),
  block_id: z.string().nullish(),
  optional: z.boolean().nullish(),
  element: z
    .object({
      initial_value: z.string().nullish(),
      initial_date: z.string().nullish(),
      initial_option: z.object({ value: z.string() }).nullish(),
    })
    .nullish(),
});

/**
 * What the required fields of a form showed when it opened, by block id. Slack never sends one of them empty; where a
 * field that nobody touched comes empty all the same (the local Slack of the demo), it is what it showed.
 */
export function shownAtFirst(blocks: readonly unknown[]): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const block of blocks) {
    const { data } = Block.safeParse(block);
    if (data?.type !== 'input' || !data.block_id || data.optional) continue;
    const { initial_value, initial_date, initial_option } = data.element ?? {};
    const value = initial_value ?? initial_date ?? initial_option?.value;
    if (value) shown[data.block_id] = value;
  }
  return shown;
}
