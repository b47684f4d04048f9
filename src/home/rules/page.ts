import { z } from 'zod';

const From = z.number().int().min(0).max(100_000).catch(0);

/** The pages of Home. What came back from a client may be anything: then it is the first page. */
const Page = z.discriminatedUnion('name', [
  z.object({ name: z.literal('main') }),
  z.object({ name: z.literal('setup') }),
  z.object({ name: z.literal('rules') }),
  z.object({ name: z.literal('coverage'), from: From }),
  z.object({ name: z.literal('followups'), from: From }),
  z.object({ name: z.literal('alerts'), from: From }),
  z.object({ name: z.literal('issues'), from: From }),
  z.object({ name: z.literal('asked'), from: From }),
  z.object({ name: z.literal('accounts'), from: From }),
]);

export type Page = z.infer<typeof Page>;

/** Reads a page as it was stored or as a button sent it. */
export function pageOf(value: unknown): Page {
  const parsed = Page.safeParse(value);
  return parsed.success ? parsed.data : { name: 'main' };
}

/** The same from the value of a button. */
export function pageOfButton(value: string): Page {
  try {
    return pageOf(JSON.parse(value));
  } catch {
    return { name: 'main' };
  }
}
