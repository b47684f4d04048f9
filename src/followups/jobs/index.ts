import { course } from './course.js';
import { deliver } from './deliver.js';
import { offer } from './moved.js';
import { round } from './round.js';
import { watch } from './watch.js';

/** The timed work of follow-ups, by the kind of its due row. */
export const followupJobs = {
  'followup.deliver': deliver,
  'followup.offer': offer,
  'followup.course': course,
  'followup.round': round,
  'issue.watch': watch,
};
