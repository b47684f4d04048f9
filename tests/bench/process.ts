import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of the bench that is spoken to by messages. */
export class BenchProcess {
  private readonly child: ChildProcess;
  private readonly ready: Promise<unknown>;

  constructor(file: string, plan: unknown, nodeArgs: readonly string[] = []) {
    this.child = spawn(process.execPath, [...nodeArgs, fileURLToPath(new URL(file, import.meta.url))], {
      env: { ...process.env, BENCH: JSON.stringify(plan) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.ready = this.answer();
  }

  async port(): Promise<number> {
    return ((await this.ready) as { port: number }).port;
  }

  async ask<T>(order: unknown): Promise<T> {
    const answer = this.answer();
    this.child.send(order as object);
    return (await answer) as T;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.send('stop');
    await ended;
  }

  private async answer(): Promise<unknown> {
    const [message] = await Promise.race([
      once(this.child, 'message'),
      once(this.child, 'exit').then(() => Promise.reject(new Error('the process ended by itself'))),
    ]);
    return message;
  }
}
