import { type Kit, sqliteKit } from '../kit.js';
import { accountTables } from './accounts.js';
import { alertTables } from './alerts.js';
import { fixTables } from './fixes.js';
import { followupTables } from './followups.js';
import { homeTables } from './home.js';
import { issueTables } from './issues.js';
import { logTables } from './log.js';
import { peopleTables } from './people.js';
import { queueTables } from './queue.js';
import { requestTables } from './requests.js';

/** Every table in the verbs of a kit. */
export function everyTable(k: Kit) {
  return {
    ...queueTables(k),
    ...logTables(k),
    ...peopleTables(k),
    ...accountTables(k),
    ...issueTables(k),
    ...requestTables(k),
    ...fixTables(k),
    ...followupTables(k),
    ...alertTables(k),
    ...homeTables(k),
  };
}

export const sqliteTables = everyTable(sqliteKit);

/** Every table by its name in code; the SQLite types stand for both databases. */
export type Tables = typeof sqliteTables;
