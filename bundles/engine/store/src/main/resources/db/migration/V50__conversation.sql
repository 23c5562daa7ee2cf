-- What people said to the platform and what it answered.
create table conversation (
    id ${id} primary key,
    person varchar(200) not null,
    business_id varchar(200),
    pending ${text},
    created_at timestamp(6) with time zone not null,
    last_at timestamp(6) with time zone not null,
    version bigint not null
);

create index conversation_person on conversation (person, id);

create table exchange (
    id ${id} primary key,
    conversation_id varchar(200) not null,
    message ${text} not null,
    reply ${text} not null,
    intent ${text} not null,
    goal_id varchar(200),
    actions ${text} not null,
    sources ${text} not null,
    at timestamp(6) with time zone not null,
    version bigint not null
);

create index exchange_conversation on exchange (conversation_id, id);
