import { personById } from '../../people/store.js';
import type { ReadTx } from '../../store/transact.js';

/** The name of one of our people by id; a word for somebody who left. */
export async function nameOfPerson(tx: ReadTx, id: number): Promise<string> {
  return (await personById(tx, id))?.name ?? 'somebody who left';
}
