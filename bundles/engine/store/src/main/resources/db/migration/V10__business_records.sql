-- Records of businesses, one table a kind, written and added up by the business engine with plain SQL.
-- record_key is what makes a line the same line, with its business in front; import_id is the upload that stored it.

CREATE TABLE record_orders (
  business_id VARCHAR(200) NOT NULL,
  record_key ${id} PRIMARY KEY,
  import_id VARCHAR(40) NOT NULL,
  order_id VARCHAR(500) NOT NULL,
  day_on DATE NOT NULL,
  customer_id VARCHAR(500) NOT NULL,
  sku VARCHAR(500) NOT NULL,
  quantity BIGINT NOT NULL,
  unit_price NUMERIC(18, 6) NOT NULL,
  discount NUMERIC(18, 6) NOT NULL,
  channel VARCHAR(500),
  status VARCHAR(500) NOT NULL
);
CREATE INDEX record_orders_day ON record_orders (business_id, day_on);

CREATE TABLE record_products (
  business_id VARCHAR(200) NOT NULL,
  record_key ${id} PRIMARY KEY,
  import_id VARCHAR(40) NOT NULL,
  sku VARCHAR(500) NOT NULL,
  name VARCHAR(500) NOT NULL,
  category VARCHAR(500),
  supplier_id VARCHAR(500),
  unit_cost NUMERIC(18, 6),
  list_price NUMERIC(18, 6) NOT NULL,
  launched DATE
);
CREATE INDEX record_products_sku ON record_products (business_id, sku);

CREATE TABLE record_costs (
  business_id VARCHAR(200) NOT NULL,
  record_key ${id} PRIMARY KEY,
  import_id VARCHAR(40) NOT NULL,
  day_on DATE NOT NULL,
  category VARCHAR(500) NOT NULL,
  amount NUMERIC(18, 6) NOT NULL,
  note VARCHAR(500)
);
CREATE INDEX record_costs_day ON record_costs (business_id, day_on);

CREATE TABLE record_advertising (
  business_id VARCHAR(200) NOT NULL,
  record_key ${id} PRIMARY KEY,
  import_id VARCHAR(40) NOT NULL,
  day_on DATE NOT NULL,
  channel VARCHAR(500) NOT NULL,
  campaign VARCHAR(500),
  impressions BIGINT,
  clicks BIGINT,
  spend NUMERIC(18, 6) NOT NULL,
  orders BIGINT
);
CREATE INDEX record_advertising_day ON record_advertising (business_id, day_on);

CREATE TABLE record_stock (
  business_id VARCHAR(200) NOT NULL,
  record_key ${id} PRIMARY KEY,
  import_id VARCHAR(40) NOT NULL,
  sku VARCHAR(500) NOT NULL,
  day_on DATE NOT NULL,
  on_hand BIGINT NOT NULL,
  reorder_point BIGINT
);
CREATE INDEX record_stock_day ON record_stock (business_id, sku, day_on);

CREATE TABLE record_suppliers (
  business_id VARCHAR(200) NOT NULL,
  record_key ${id} PRIMARY KEY,
  import_id VARCHAR(40) NOT NULL,
  supplier_id VARCHAR(500) NOT NULL,
  supplier VARCHAR(500) NOT NULL,
  sku VARCHAR(500) NOT NULL,
  unit_cost NUMERIC(18, 6) NOT NULL,
  min_quantity BIGINT,
  lead_days BIGINT
);
CREATE INDEX record_suppliers_sku ON record_suppliers (business_id, sku);

CREATE TABLE record_targets (
  business_id VARCHAR(200) NOT NULL,
  record_key ${id} PRIMARY KEY,
  import_id VARCHAR(40) NOT NULL,
  metric VARCHAR(500) NOT NULL,
  period VARCHAR(500) NOT NULL,
  target NUMERIC(18, 6) NOT NULL,
  unit VARCHAR(500)
);
CREATE INDEX record_targets_business ON record_targets (business_id);

CREATE TABLE record_metrics (
  business_id VARCHAR(200) NOT NULL,
  record_key ${id} PRIMARY KEY,
  import_id VARCHAR(40) NOT NULL,
  day_on DATE NOT NULL,
  sessions BIGINT,
  bounce_rate NUMERIC(18, 6),
  conversion_rate NUMERIC(18, 6),
  churn_rate NUMERIC(18, 6)
);
CREATE INDEX record_metrics_day ON record_metrics (business_id, day_on);
