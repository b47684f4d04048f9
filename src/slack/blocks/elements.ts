import type { Button, ColorScheme, ConfirmationDialog, Overflow } from '@slack/types';
import { webAddress } from './inline.js';
import { atMost, BlockMisuse, LIMITS, own } from './limits.js';
import { type OverflowItem, option } from './options.js';
import { plain, plainLines } from './text.js';

/** What a confirm dialog says; human text, cut to its limits. */
export interface ConfirmSpec {
  title: string;
  text: string;
  confirm: string;
  deny: string;
  style?: ColorScheme | undefined;
}

/** Asked by the client only: the press is checked again on our side. */
export function confirm(spec: ConfirmSpec): ConfirmationDialog {
  return {
    title: plain(spec.title, LIMITS.confirmTitle),
    text: plainLines(spec.text, LIMITS.confirmText),
    confirm: plain(spec.confirm, LIMITS.confirmButton),
    deny: plain(spec.deny, LIMITS.confirmButton),
    ...(spec.style && { style: spec.style }),
  };
}

/** A button: `id` and `value` are ours, `text` and `label` (for screen readers) are for people. */
export interface ButtonSpec {
  id: string;
  text: string;
  value?: string | undefined;
  style?: ColorScheme | undefined;
  /** An address of ours; one that came from outside goes through {@link linkButton}. */
  url?: string | undefined;
  confirm?: ConfirmSpec | undefined;
  label?: string | undefined;
}

/** @throws BlockMisuse on too long an id or value, or an address that no one can be sent to */
export function button(spec: ButtonSpec): Button {
  const made: Button = {
    type: 'button',
    action_id: own('action_id', spec.id, LIMITS.id),
    text: plain(spec.text, LIMITS.buttonText),
  };
  if (spec.value !== undefined) made.value = own('button value', spec.value, LIMITS.buttonValue);
  if (spec.url !== undefined) {
    const href = usableUrl(spec.url);
    if (href === undefined) throw new BlockMisuse('the url of a button is not http(s) or too long');
    made.url = href;
  }
  if (spec.style) made.style = spec.style;
  if (spec.confirm) made.confirm = confirm(spec.confirm);
  if (spec.label) made.accessibility_label = plain(spec.label, LIMITS.buttonLabel).text;
  return made;
}

/** A button that opens an address from outside (a tracker, a permalink); undefined when no one can be sent there. */
export function linkButton(spec: ButtonSpec & { url: string }): Button | undefined {
  return usableUrl(spec.url) === undefined ? undefined : button(spec);
}

/**
 * The ⋯ menu. Options that are undefined or false are left out; with none left there is no menu.
 * An option whose address is not usable keeps its text and value and opens nothing.
 * @throws BlockMisuse with more than five options: the rarer ones belong behind *More…*
 */
export function overflow(spec: {
  id: string;
  options: readonly (OverflowItem | undefined | false)[];
  confirm?: ConfirmSpec | undefined;
}): Overflow | undefined {
  const items = spec.options.filter((item): item is OverflowItem => Boolean(item));
  atMost('overflow options', items.length, LIMITS.overflowOptions);
  if (items.length === 0) return undefined;
  return {
    type: 'overflow',
    action_id: own('action_id', spec.id, LIMITS.id),
    options: items.map((item) => {
      const url = item.url === undefined ? undefined : usableUrl(item.url);
      return { ...option(item), ...(url !== undefined && { url }) };
    }),
    ...(spec.confirm && { confirm: confirm(spec.confirm) }),
  };
}

function usableUrl(url: string): string | undefined {
  const href = webAddress(url)?.href;
  return href !== undefined && href.length <= LIMITS.url ? href : undefined;
}
