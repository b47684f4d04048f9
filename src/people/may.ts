/**
 * Who may do what: the one table of actor × action. An action that does not stand here cannot be done by anybody,
 * and a registry test fails when a button, command or modal names one that is missing.
 */
export type Role = 'admin' | 'lead' | 'support' | 'success' | 'viewer';

const STAFF = ['lead', 'support', 'success'] as const;
const EVERYONE = [...STAFF, 'viewer'] as const;

export const MAY = {
  'issue.log': STAFF,
  'issue.relink': STAFF,
  'suggestion.decide': STAFF,
  'contact.no_reply': STAFF,
  'issue.see': EVERYONE,
  'issue.take': STAFF,
  'issue.give': STAFF,
  'issue.edit': STAFF,
  'issue.wait': STAFF,
  'issue.resolve': STAFF,
  'issue.reopen': STAFF,
  'issue.close': STAFF,
  'issue.fold': STAFF,
  'issue.rate': STAFF,
  'issue.escalate': STAFF,
  'escalation.answer': EVERYONE,
  'escalation.take_back': STAFF,
  'flag.send': STAFF,
  'flag.decide': STAFF,
  'promise.note': STAFF,
  'promise.end': STAFF,
  'fix.see': EVERYONE,
  'fix.mark_live': EVERYONE,
  'fix.link': STAFF,
  'fix.decline': STAFF,
  'fix.broke_again': STAFF,
  'fix.choose_live': STAFF,
  'followup.tell': STAFF,
  'followup.see': STAFF,
  'followup.open': STAFF,
  'followup.snooze': STAFF,
  'followup.give': STAFF,
  'followup.accept': STAFF,
  'followup.not_needed': STAFF,
  'followup.remind': ['lead'],
  'drafts.edit': [],
  'person.on_call': STAFF,
  'standup.see': ['lead'],
  'rules.switch': ['lead'],
  'baton.pause': ['lead'],
  'alert.claim': STAFF,
  'incident.open': STAFF,
  'incident.end': STAFF,
  'alert.dismiss': STAFF,
  'alert.see': STAFF,
  'alert.snooze': STAFF,
  'alert.give': STAFF,
  'alert.note': STAFF,
  'account.see': EVERYONE,
  'account.edit': STAFF,
  'account.archive': ['lead'],
  /** Revenue, health and notes. */
  'account.inside': STAFF,
  'touch.log': STAFF,
  'absence.set': STAFF,
  'help.see': EVERYONE,
  'home.act_as': STAFF,
  'setup.change': [],
  'demo.travel': [...EVERYONE],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof MAY;

/** True when a person of this role (admins apart) may do it; admins may do what any role may. */
export function may(person: { role: Role; isAdmin: boolean }, action: string): boolean {
  if (!Object.hasOwn(MAY, action)) return false;
  const roles: readonly Role[] = MAY[action as Action];
  return person.isAdmin || roles.includes(person.role);
}
