import { LineCounter, type Node, parseDocument } from 'yaml';
import { CompanyFileError, type FileProblem } from './company-file.js';

/** Nobody writes more by hand; and a file that is larger is not read at all. */
const LARGEST = 256 * 1024;

export interface YamlFile {
  raw: unknown;
  /** What stands there twice: a mistake that hides no other. */
  doubles: readonly FileProblem[];
  /** The line of a path, or of the nearest thing around it. */
  lineOf: (path: readonly PropertyKey[]) => number;
}

/**
 * Reads a file that an admin wrote.
 * @param what how people call it, e.g. `rules.yml`
 * @throws CompanyFileError with every mistake of form, each with its line
 */
export function readYaml(text: string, what: string): YamlFile {
  if (text.length > LARGEST) {
    const size = `${Math.ceil(text.length / 1024)} kB; ${what} has at most ${LARGEST / 1024} kB`;
    throw new CompanyFileError([{ line: 1, path: '', text: size }]);
  }
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines });
  const problems = doc.errors.map((e) => ({
    line: e.linePos?.[0].line ?? 1,
    path: '',
    text:
      e.code === 'DUPLICATE_KEY'
        ? `${wordAt(text, e.pos[0])} stands here twice`
        : (e.message.split(/ at line |\n/u)[0] ?? e.message),
  }));
  if (doc.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) throw new CompanyFileError(problems);
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node = doc.getIn(path.slice(0, depth), true) as Node | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  try {
    return { raw: doc.toJS({ maxAliasCount: 50 }) ?? {}, doubles: problems, lineOf };
  } catch (err) {
    const reason = err instanceof Error ? err.message : String(err);
    throw new CompanyFileError([{ line: 1, path: '', text: reason }]);
  }
}

/** The key that begins at an offset. */
const wordAt = (text: string, at: number): string => /^[^\s:]{1,40}/u.exec(text.slice(at))?.[0] ?? 'this';
