import type { HomeView, ModalView } from '@slack/types';
import { fold, VIEW_ROOM } from './fold.js';
import { type Block, type MaybeBlock, present, section } from './layout.js';
import { LIMITS, own } from './limits.js';
import { md } from './md.js';
import { plain } from './text.js';

/** A modal: ids and metadata are ours, title and button texts are for people and cut to 24 characters. */
export interface ModalSpec {
  callbackId: string;
  title: string;
  /** Without it a modal with fields gets "Save", since Slack refuses one that cannot be sent. */
  submit?: string | undefined;
  close?: string | undefined;
  blocks: readonly MaybeBlock[];
  /** Comes back from the client: ids only, checked again. */
  privateMetadata?: string | undefined;
  notifyOnClose?: boolean | undefined;
  clearOnClose?: boolean | undefined;
}

/** @throws BlockMisuse on too long metadata or id, equal block ids, or fields beyond what a view takes */
export function modal(spec: ModalSpec): ModalView {
  const blocks = viewBlocks(spec.blocks);
  const submit = spec.submit ?? (blocks.some((block) => block.type === 'input') ? 'Save' : undefined);
  return {
    type: 'modal',
    callback_id: own('callback_id', spec.callbackId, LIMITS.id),
    title: plain(spec.title, LIMITS.viewTitle),
    ...(submit !== undefined && { submit: plain(submit, LIMITS.viewButton) }),
    ...(spec.close !== undefined && { close: plain(spec.close, LIMITS.viewButton) }),
    blocks,
    ...(spec.privateMetadata && {
      private_metadata: own('private_metadata', spec.privateMetadata, LIMITS.privateMetadata),
    }),
    ...(spec.notifyOnClose && { notify_on_close: true }),
    ...(spec.clearOnClose && { clear_on_close: true }),
  };
}

/** The Home tab. What does not fit is folded into "… and N more". */
export function homeView(blocks: readonly MaybeBlock[]): HomeView {
  return { type: 'home', blocks: viewBlocks(blocks) };
}

function viewBlocks(blocks: readonly MaybeBlock[]): Block[] {
  const kept = present(blocks);
  return fold(kept.length > 0 ? kept : [section(md``)], VIEW_ROOM);
}
