import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface Source {
  /** From the root of the repository, with forward slashes: `src/issues/rules.ts`. */
  path: string;
  text: string;
}

/** Folders that tools write, and that are no part of the source. */
const NOT_OURS = new Set(['.git', 'node_modules', 'dist', 'coverage', 'data', '.tmp']);

/** Every file below a folder of the repository; none when the folder does not exist. */
export function filesBelow(folder: string): string[] {
  const found: string[] = [];
  const visit = (dir: string) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      if (NOT_OURS.has(entry.name)) continue;
      const full = join(dir, entry.name);
      if (entry.isDirectory()) visit(full);
      else if (entry.isFile()) found.push(relative(ROOT, full).split(sep).join('/'));
    }
  };
  visit(join(ROOT, folder));
  return found.sort();
}

export function readSources(folder: string): Source[] {
  return filesBelow(folder)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

export function parse({ path, text }: Source): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

/** Calls `visit` with every node of a file, outermost first. */
export function eachNode(file: ts.SourceFile, visit: (node: ts.Node) => void): void {
  const step = (node: ts.Node) => {
    visit(node);
    ts.forEachChild(node, step);
  };
  step(file);
}

export function lineOf(file: ts.SourceFile, position: number): number {
  return file.getLineAndCharacterOfPosition(position).line + 1;
}
