/** Something that the person who starts the demo can mend; its message is one line that says how. */
export class DemoProblem extends Error {
  override name = 'DemoProblem';
}
