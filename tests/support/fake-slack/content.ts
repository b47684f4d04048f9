/** What a message is made of: text, blocks, attachments, metadata, and their rules. */
import type { Args } from './args.js';
import { checkMessageBlocks } from './block-kit.js';
import type { Core } from './core.js';
import { SlackError } from './errors.js';
import { readMetadata } from './metadata.js';
import type { Block, JsonObject, MessageMetadata } from './types.js';

export interface Content {
  text: string | undefined;
  blocks: Block[] | undefined;
  attachments: JsonObject[] | undefined;
  /** null: to be removed. */
  metadata: MessageMetadata | null | undefined;
}

/** Reads and checks the content arguments of a chat method. */
export function readContent(core: Core, args: Args): Content {
  const blocks = args.json('blocks', 'invalid_blocks_format');
  const attachments = args.json('attachments', 'invalid_attachments');
  if (attachments !== undefined && !Array.isArray(attachments)) throw new SlackError('invalid_attachments');
  if (Array.isArray(attachments) && attachments.length > 100) throw new SlackError('too_many_attachments');
  return {
    text: args.text('text'),
    blocks: blocks === undefined ? undefined : acceptBlocks(core, blocks),
    attachments: (attachments as JsonObject[] | undefined)?.map((one) => acceptAttachment(core, one)),
    metadata: readMetadata(args.json('metadata', 'invalid_metadata_format')),
  };
}

export function isEmpty(content: Content): boolean {
  return !content.text && !content.blocks?.length && !content.attachments?.length;
}

/** Validates message blocks; every finding also goes to the violations. */
export function acceptBlocks(core: Core, blocks: unknown): Block[] {
  const findings = checkMessageBlocks(blocks);
  if (findings.length > 0) {
    core.violations.push(...findings);
    throw new SlackError('invalid_blocks', { errors: findings, response_metadata: { messages: findings } });
  }
  return withBlockIds(core, blocks as Block[]);
}

/** Slack names the blocks and elements the app left unnamed. */
export function withBlockIds(core: Core, blocks: Block[]): Block[] {
  return blocks.map((block) => {
    const named = structuredClone(block);
    named.block_id ??= `fake-b${core.world.serial()}`;
    nameElements(core, named);
    return named;
  });
}

function nameElements(core: Core, block: Block): void {
  const elements =
    block.type === 'actions' ? (block.elements as JsonObject[]) : [block.accessory, block.element];
  for (const element of elements) {
    if (typeof element !== 'object' || element === null) continue;
    const record = element as JsonObject;
    if (record.type !== 'image') record.action_id ??= `fake-a${core.world.serial()}`;
  }
}

function acceptAttachment(core: Core, attachment: JsonObject): JsonObject {
  if (attachment.blocks === undefined) return attachment;
  return { ...attachment, blocks: acceptBlocks(core, attachment.blocks) };
}
