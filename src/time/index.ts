export {
  addDays,
  DAY_MS,
  daysBetween,
  HOUR_MS,
  isDate,
  type LocalDate,
  MINUTE_MS,
  weekdayOf,
} from './calendar.js';
export { type BusinessClock, type Clocks, instantOfTs, systemClocks } from './clock.js';
export { parseDay, readTimeOfDay } from './day.js';
export { durationText, parseDuration } from './duration.js';
export {
  agoInWords,
  clockOnly,
  dateInWords,
  dayAndClock,
  dayOnly,
  dayRange,
  relativeDayAndClock,
  span,
} from './format.js';
export { hoursProblem, type WorkingHours } from './shifts.js';
export {
  hasDate,
  instantOf,
  isZone,
  nextWallTime,
  wallOf,
  zoneProblem,
} from './wall.js';
export {
  addWorkingDays,
  addWorkingTime,
  endOfNextWorkingDay,
  isWorking,
  nextWorkingInstant,
  startOfNextWorkingDay,
  workingTimeBetween,
} from './working-time.js';
