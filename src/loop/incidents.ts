import { showIncident } from '../alerts/incidents.js';

/** What follows from an incident: its card shows it. Contacts are collected where they come in (`alerts/collect.ts`). */
export const INCIDENT_LOOP = {
  'incident.offered': [],
  'incident.opened': [showIncident],
  'incident.hit': [showIncident],
  'incident.freed': [showIncident],
  'incident.ended': [showIncident],
};
