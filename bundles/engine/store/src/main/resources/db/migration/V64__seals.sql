-- What the sealer finds out stands beside the ledger and the events, so that their rows are never changed once they are
-- written. An entry's previous hash is that of the entry before.
create table ledger_seal (
    seq bigint primary key,
    n bigint not null,
    hash varchar(64) not null
);
insert into ledger_seal (seq, n, hash) select seq, n, hash from ledger where seq is not null;
create unique index ledger_seal_n on ledger_seal (n);

create table outbox_place (
    position bigint primary key,
    n bigint not null
);
insert into outbox_place (position, n) select position, n from outbox where position is not null;

drop index ledger_seq;
alter table ledger drop column seq;
alter table ledger drop column hash;
alter table ledger drop column previous_hash;
drop index outbox_position;
alter table outbox drop column position;
