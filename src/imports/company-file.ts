import { LineCounter, type Node, parseDocument } from 'yaml';
import { crossChecks } from './company-checks.js';
import { Company, type CompanyFile } from './company-schema.js';
import { type Found, pathText, readBy } from './schema-words.js';

/** company.yml: people, groups, accounts and channels, as an admin writes them. */

/** Something wrong in the file: where, and how to mend it. */
export interface FileProblem {
  line: number;
  /** e.g. `accounts[2].csm` */
  path: string;
  text: string;
}

export class CompanyFileError extends Error {
  override name = 'CompanyFileError';
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map((p) => `line ${p.line}: ${p.path ? `${p.path}: ` : ''}${p.text}`).join('\n'));
  }
}

export interface ParsedCompany {
  company: CompanyFile;
  /** The line of a path in the file, for problems that only Slack can tell. */
  lineOf: (path: readonly (string | number)[]) => number;
}

/** Reads company.yml. @throws CompanyFileError with every problem at once, each with its line. */
export function parseCompany(text: string): ParsedCompany {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines });
  if (doc.errors.length > 0) {
    throw new CompanyFileError(
      doc.errors.map((e) => ({ line: e.linePos?.[0].line ?? 1, path: '', text: firstLine(e.message) })),
    );
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node = doc.getIn(path.slice(0, depth), true) as Node | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const raw: unknown = doc.toJS() ?? {};
  const parsed = readBy(Company, raw);
  const found = 'data' in parsed ? crossChecks(parsed.data) : [...parsed.found, ...crossChecksOf(raw)];
  const problems = found
    .map((p) => ({ line: lineOf(p.path), path: pathText(p.path), text: p.text }))
    .sort((x, y) => x.line - y.line);
  if ('found' in parsed || problems.length > 0) throw new CompanyFileError(problems);
  return { company: parsed.data, lineOf };
}

/** The same checks on a file of which some entries have the wrong shape, as far as they can be made. */
function crossChecksOf(raw: unknown): Found[] {
  try {
    return crossChecks(raw as CompanyFile);
  } catch {
    return [];
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
