export {
  addDays,
  DAY_MS,
  daysBetween,
  HOUR_MS,
  isDate,
  type LocalDate,
  type LocalTime,
  MINUTE_MS,
  type Weekday,
  weekdayOf,
} from './calendar.js';
export { type BusinessClock, type Clocks, instantOfTs, type MachineClock, systemClocks } from './clock.js';
export { type Day, parseDay } from './day.js';
export { type Duration, durationText, parseDuration } from './duration.js';
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
export { hoursProblem, type Shift, type WorkingHours } from './shifts.js';
export {
  hasDate,
  instantOf,
  isZone,
  nextWallTime,
  type Wall,
  type WallSchedule,
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
