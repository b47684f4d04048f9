-- Monday's message is part of the morning's: nothing handles these rows any more.
DELETE FROM "due" WHERE "kind" = 'digest.weekly';
