-- What businesses remember. Memory plugs hold an index of it that can be made again from here.
create table memory (
    id ${id} primary key,
    namespace varchar(200) not null,
    kind varchar(20) not null,
    writer varchar(250) not null,
    text ${text} not null,
    marked boolean not null,
    attributes ${text} not null,
    vector ${text},
    summary varchar(200),
    at timestamp(6) with time zone not null,
    version bigint not null
);

create index memory_namespace on memory (namespace, kind, at, id);

-- How far an engine is that follows the events; its work can be done again.
create table memory_follower (
    id varchar(200) primary key,
    position bigint not null
);
