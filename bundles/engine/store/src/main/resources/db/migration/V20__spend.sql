-- What each business and each backend has used of models, a row a UTC day.
create table spend (
    id ${id} primary key,
    scope varchar(220) not null,
    day_ date not null,
    tokens bigint not null,
    money ${decimal} not null,
    warned boolean not null,
    version bigint not null
);

create index spend_day on spend (day_, scope);
