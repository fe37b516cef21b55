-- rate-cards-delete: cards that another one covers wholly; the audit log keeps them
--   $1 uuid[] card
delete from finance_rates.rate_cards as c where c.rate_card_id = any ($1::uuid[])
