/** Composition objects: text, options, confirmation dialogs, images. */
import {
  anything,
  byType,
  type Check,
  exactlyOne,
  flag,
  isObject,
  list,
  object,
  oneOf,
  string,
} from './schema.js';

export const ID = string(1, 255);
export const URL_3000 = string(1, 3000, /^[a-z][a-z0-9+.-]*:\S+$/i);

export function plainText(most: number): Check {
  return object({
    required: { type: oneOf('plain_text'), text: string(1, most) },
    optional: { emoji: flag },
  });
}

export function mrkdwn(most: number): Check {
  return object({ required: { type: oneOf('mrkdwn'), text: string(1, most) }, optional: { verbatim: flag } });
}

export function anyText(most: number): Check {
  return byType({ plain_text: plainText(most), mrkdwn: mrkdwn(most) });
}

export const confirm: Check = object({
  required: { text: anyText(300) },
  optional: {
    title: plainText(100),
    confirm: plainText(30),
    deny: plainText(30),
    style: oneOf('primary', 'danger'),
  },
});

function option(text: Check, extra: Record<string, Check> = {}): Check {
  return object({
    required: { text, value: string(1, 150) },
    optional: { description: anyText(75), ...extra },
  });
}

export const selectOption = option(plainText(75));
export const overflowOption = option(plainText(75), { url: URL_3000 });
/** Radio buttons and checkboxes may format their labels. */
export const markedOption = option(anyText(75));

export const optionGroup: Check = object({
  required: { label: plainText(75), options: list(selectOption, 1, 100) },
});

const slackFile: Check = object({
  optional: { id: string(1, 255), url: URL_3000 },
  also: exactlyOne('id', 'url'),
});

export const imageSource = { image_url: URL_3000, slack_file: slackFile };

export const conversationFilter: Check = object({
  optional: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
  also: (value, at, report) => {
    if (Object.keys(value).length === 0) report(at, 'must not be empty');
  },
});

export const dispatchActionConfig: Check = object({
  optional: { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2) },
});

const LEAVES = [
  'broadcast',
  'color',
  'channel',
  'date',
  'emoji',
  'link',
  'team',
  'text',
  'user',
  'usergroup',
  'rich_text_section',
];
const LEAF_NEEDS: Record<string, string> = {
  text: 'text',
  link: 'url',
  user: 'user_id',
  channel: 'channel_id',
  emoji: 'name',
  usergroup: 'usergroup_id',
  broadcast: 'range',
};

const richLeaf: Check = (value, at, report) => {
  if (!isObject(value)) return report(at, 'must be an object');
  const type = String(value.type);
  if (!LEAVES.includes(type)) return report(`${at}/type`, `unsupported type: ${type}`);
  const needed = LEAF_NEEDS[type];
  if (needed === undefined) return;
  if (value[needed] === undefined) report(at, `missing required field: ${needed}`);
  else string(1, 40_000)(value[needed], `${at}/${needed}`, report);
};

/** Rich text, in outline: the parts have known types and the texts are not empty. */
export const richText: Check = object({
  required: {
    type: oneOf('rich_text'),
    elements: list(
      byType({
        rich_text_section: richPart(),
        rich_text_list: richPart({
          style: oneOf('bullet', 'ordered'),
          indent: anything,
          offset: anything,
          border: oneOf(0, 1),
        }),
        rich_text_quote: richPart({ border: oneOf(0, 1) }),
        rich_text_preformatted: richPart({ border: oneOf(0, 1), language: anything }),
      }),
      0,
      Number.POSITIVE_INFINITY,
    ),
  },
  optional: { block_id: ID },
});

function richPart(extra: Record<string, Check> = {}): Check {
  return object({
    required: { type: anything, elements: list(richLeaf, 0, Number.POSITIVE_INFINITY) },
    optional: extra,
  });
}
