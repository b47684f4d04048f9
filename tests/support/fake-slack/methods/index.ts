import { chatMethods } from './chat.js';
import { conversationMethods } from './conversations.js';
import type { Method } from './method.js';
import { peopleMethods } from './people.js';
import { viewMethods } from './views.js';

/** Every Web API method this Slack knows. */
export const methods: Readonly<Record<string, Method>> = {
  ...chatMethods,
  ...conversationMethods,
  ...peopleMethods,
  ...viewMethods,
};
