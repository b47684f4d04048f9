import { z } from 'zod';
import { linearMeaning } from '../trackers/linear.js';
import type { ItemNews } from '../trackers/news.js';
import { TrackerBusyError } from './github.js';

/** What we ask of Linear's API: what kind of state an id is, how an issue stands. */

export interface LinearAccess {
  apiKey: string;
  /** The GraphQL address. */
  apiUrl: string;
}

const WITHIN_MS = 8_000;
const ViewerAnswer = z.object({ data: z.object({ viewer: z.object({ id: z.string() }) }) });
const StateAnswer = z.object({ data: z.object({ workflowState: z.object({ type: z.string() }).nullish() }) });
const IssueAnswer = z.object({
  data: z.object({
    issue: z
      .object({
        identifier: z.string(),
        title: z.string(),
        updatedAt: z.iso.datetime({ offset: true }),
        state: z.object({ type: z.string() }),
      })
      .nullish(),
  }),
});

export class LinearApi {
  constructor(private readonly access: LinearAccess) {}

  /** Whether Linear takes the key. @throws TrackerBusyError when it cannot be asked now */
  async knowsUs(): Promise<boolean> {
    return ViewerAnswer.safeParse(await this.ask('query{viewer{id}}', {})).success;
  }

  /** The type of a workflow state (`started`, `completed`, …); undefined when Linear does not know it. */
  async stateType(id: string): Promise<string | undefined> {
    const body = await this.ask('query($id:String!){workflowState(id:$id){type}}', { id });
    const parsed = StateAnswer.safeParse(body);
    return parsed.success ? parsed.data.data.workflowState?.type : undefined;
  }

  /** How an issue stands; undefined when it cannot be seen. */
  async item(key: string, name: string): Promise<ItemNews | undefined> {
    const query = 'query($id:String!){issue(id:$id){identifier title updatedAt state{type}}}';
    const parsed = IssueAnswer.safeParse(await this.ask(query, { id: name }));
    const issue = parsed.success ? parsed.data.data.issue : undefined;
    if (!issue) return undefined;
    const type = issue.state.type;
    return {
      ...{ kind: 'item', tracker: 'linear', key, name, title: issue.title.slice(0, 300), url: null },
      ...{ at: Date.parse(issue.updatedAt), state: type, means: linearMeaning(type) },
    };
  }

  /** @throws TrackerBusyError when Linear cannot be asked now */
  private async ask(query: string, variables: Record<string, string>): Promise<unknown> {
    let status = 0;
    try {
      const response = await fetch(this.access.apiUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: this.access.apiKey },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(WITHIN_MS),
      });
      status = response.status;
      if (status < 500 && status !== 429) return await response.json();
    } catch (err) {
      throw new TrackerBusyError(`Linear could not be asked: ${err instanceof Error ? err.name : 'unknown'}`);
    }
    throw new TrackerBusyError(`Linear answered ${status}`);
  }
}
