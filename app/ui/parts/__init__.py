"""What pages share: their frame, and the cards, callouts and boxes on them."""
