-- Which transaction wrote a row, and which transactions the sealer has seen: what it has not seen is to be sealed. Nothing
-- yet for rows of before: the sealer's first round compares with what is sealed.
alter table ledger add column tx xid8;
alter table ledger alter column tx set default pg_current_xact_id();
create index ledger_tx on ledger (tx);
alter table outbox add column tx xid8;
alter table outbox alter column tx set default pg_current_xact_id();
create index outbox_tx on outbox (tx);
alter table seal add column ledger_seen pg_snapshot;
alter table seal add column outbox_seen pg_snapshot;
alter table seal add column cluster_ bigint;
