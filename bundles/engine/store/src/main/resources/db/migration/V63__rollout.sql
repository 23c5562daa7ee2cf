-- A release goes from node to node: what the others run meanwhile, and what each node has of a trial.
alter table pointer add column former bigint default 0 not null;
alter table node add column trial bigint default 0 not null;
alter table node add column trial_error ${text} default '' not null;
