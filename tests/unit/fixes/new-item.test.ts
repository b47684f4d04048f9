import { describe, expect, it } from 'vitest';
import { newItemForms } from '../../../src/fixes/trackers/new-item.js';
import { ourIssuesIn } from '../../../src/fixes/trackers/news.js';

const item = {
  name: 'B-42',
  title: 'Export drops rows & columns',
  words: 'Every export since Monday misses rows.\nCan you help?',
  cardUrl: 'https://ours.slack.com/archives/C1/p1700000000000100',
};
const places = (...addresses: string[]) => newItemForms(addresses, item).map((form) => form.label);

describe('a tracker’s own form for a new item', () => {
  it('is filled in with the title, what the customer said, and a link back', () => {
    const [github, linear] = newItemForms(
      ['https://github.com/acme/app/pull/34', 'https://linear.app/acme/issue/ENG-311'],
      item,
    );
    const url = new URL(github?.url ?? '');
    expect(github?.label).toBe('New in GitHub: acme/app');
    expect(`${url.origin}${url.pathname}`).toBe('https://github.com/acme/app/issues/new');
    expect(url.searchParams.get('title')).toBe(item.title);
    const body = url.searchParams.get('body') ?? '';
    expect(body).toBe(
      '> Every export since Monday misses rows.\n> Can you help?\n\nBaton: B-42 https://ours.slack.com/archives/C1/p1700000000000100',
    );
    // So that the item can be offered to be linked once it is there.
    expect(ourIssuesIn(body)).toEqual([42]);
    const other = new URL(linear?.url ?? '');
    expect(linear?.label).toBe('New in Linear: ENG');
    expect(other.pathname).toBe('/acme/team/ENG/new');
    expect(other.searchParams.get('description')).toBe(body);
  });

  it('is that of each place once, of those that were chosen and those of linked items', () => {
    expect(
      places(
        'https://github.com/acme/app',
        'https://linear.app/acme/team/OPS',
        'https://github.com/acme/app/issues/1',
        'https://github.acme.com/acme/api/issues/1',
        'https://github.com/acme/fourth',
      ),
    ).toEqual(['New in GitHub: acme/app', 'New in Linear: OPS', 'New in GitHub: acme/api']);
    expect(places('https://acme.atlassian.net/browse/EXP-7', 'no address')).toEqual([]);
  });

  it('fits the button of Slack, however much the customer wrote, and without their words when they are gone', () => {
    for (const words of ['ä'.repeat(20_000), '🚀\n'.repeat(3_000), null]) {
      const [form] = newItemForms(['https://github.com/acme/app'], { ...item, words });
      expect(form?.url.length).toBeLessThanOrEqual(3_000);
      expect(new URL(form?.url ?? '').searchParams.get('body')).toContain('Baton: B-42');
    }
  });
});
