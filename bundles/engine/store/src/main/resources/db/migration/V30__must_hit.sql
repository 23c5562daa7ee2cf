-- Ends a transaction whose statement missed the row that it must hit, before the statements sent with it are done.
create function must_hit(hits bigint, row_name text) returns void language plpgsql as $$
begin
    if hits = 0 then
        raise exception using errcode = 'KG001', message = row_name || ' was changed or removed by somebody else';
    end if;
end $$;
