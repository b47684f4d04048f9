import { type Kit, postgresKit, sqliteKit } from '../kit.js';
import { accountTables } from './accounts.js';
import { alertTables } from './alerts.js';
import { followupTables } from './followups.js';
import { issueTables } from './issues.js';
import { logTables } from './log.js';
import { peopleTables } from './people.js';
import { queueTables } from './queue.js';

function everyTable(k: Kit) {
  return {
    ...queueTables(k),
    ...logTables(k),
    ...peopleTables(k),
    ...accountTables(k),
    ...issueTables(k),
    ...followupTables(k),
    ...alertTables(k),
  };
}

export const sqliteTables = everyTable(sqliteKit);
export const postgresTables = everyTable(postgresKit);

/** Every table by its name in code; the SQLite types stand for both databases. */
export type Tables = typeof sqliteTables;
