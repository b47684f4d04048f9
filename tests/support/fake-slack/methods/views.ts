import type { Args } from '../args.js';
import { SlackError } from '../errors.js';
import type { View } from '../types.js';
import type { Method } from './method.js';

const open: Method = (core, args) => {
  const view = core.views.accept(viewArg(args), 'modal');
  const user = core.triggers.exchange(args.required('trigger_id', 'invalid_trigger_id'));
  return { view: core.views.open(user, view) };
};

const push: Method = (core, args) => {
  const view = core.views.accept(viewArg(args), 'modal');
  const user = core.triggers.exchange(args.required('trigger_id', 'invalid_trigger_id'));
  return { view: core.views.push(user, view) };
};

const update: Method = (core, args) => {
  const found = core.views.find(args.text('view_id'), args.text('external_id'));
  if (!found) throw new SlackError('not_found');
  checkHash(args, found);
  return { view: core.views.update(found, core.views.accept(viewArg(args), found.type)) };
};

const publish: Method = (core, args) => {
  const user = core.world.users.get(args.required('user_id', 'user_not_found'));
  if (!user) throw new SlackError('user_not_found');
  if (user.deleted) throw new SlackError('not_enabled');
  const current = core.views.home(user.id);
  if (current) checkHash(args, current);
  return { view: core.views.publish(user.id, core.views.accept(viewArg(args), 'home')) };
};

function checkHash(args: Args, view: View): void {
  const hash = args.text('hash');
  if (hash !== undefined && hash !== '' && hash !== view.hash) throw new SlackError('hash_conflict');
}

function viewArg(args: Args): unknown {
  return args.json('view', 'invalid_arguments');
}

export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
