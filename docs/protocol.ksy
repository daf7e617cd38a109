meta:
  id: papertrader
  title: PaperTrader protocol, version 1
  endian: be
  encoding: UTF-8
  license: CC0-1.0
doc: |
  What goes over a connection in one direction: frames, one after the other. docs/protocol.md says what they mean.
  A transfer of several data packets is parsed by joining their data and parsing the result as `payload`.
seq:
  - id: frames
    type: frame
    repeat: eos

types:
  frame:
    seq:
      - id: version
        type: u1
        valid: 1
        doc: The fields up to and including data_size are frozen for all versions.
      - id: message_type
        type: u1
        enum: message_type
        valid:
          any-of:
            - message_type::command
            - message_type::data_transfer
            - message_type::control
      - id: instruction
        type: u2
        enum: instruction
      - id: data_size
        type: u4
        valid:
          max: 65536
      - id: argument_count
        type: u2
      - id: data_message_number
        type: u4
        doc: From 1.
      - id: data_message_max
        type: u4
      - id: request_id
        type: u4
        doc: Chosen by the client, echoed by the server; 0 marks a notice.
      - id: session_id
        size: 32
        doc: All zero where none is needed and in everything a server sends.
      - id: data
        size: data_size
        type:
          switch-on: content
          cases:
            1: text(argument_count)
            2: payload
            3: part
    instances:
      content:
        value: 'instruction != instruction::data ? 1 : (data_message_max == 1 and data_size > 0 ? 2 : 3)'
        doc: 1 string arguments, 2 a whole payload, 3 a part of one.

  text:
    params:
      - id: count
        type: u2
    seq:
      - id: words
        type: str
        terminator: 0x20
        repeat: expr
        repeat-expr: 'count == 0 ? 0 : count - 1'
      - id: last
        type: str
        size-eos: true
        doc: Only the last argument may contain spaces.

  part:
    seq:
      - id: bytes
        size-eos: true

  payload:
    seq:
      - id: kind
        type: u1
        enum: payload_kind
      - id: layout
        type: u1
        valid: 1
      - id: flags
        type: u2
      - id: as_of
        type: s8
        doc: Wall time, milliseconds since 1970-01-01T00:00:00Z, as are all times.
      - id: fresh_until
        type: s8
      - id: body
        type:
          switch-on: kind
          cases:
            'payload_kind::asset_info': asset_info
            'payload_kind::current_value': current_value
            'payload_kind::series': series
            'payload_kind::prediction': prediction
            'payload_kind::asset_list': asset_list
            'payload_kind::user_info': user_info(own)
            'payload_kind::portfolio': portfolio(own)
            'payload_kind::transactions': transactions
            'payload_kind::orders': orders
    instances:
      own:
        value: (flags & 1) != 0
        doc: The part that only its owner sees is there.
      more:
        value: (flags & 2) != 0
        doc: Further rows follow behind the last.
      stale:
        value: (flags & 4) != 0
        doc: Served by a worker without its master.

  sized_text:
    seq:
      - id: len
        type: u2
      - id: value
        type: str
        size: len

  exact_decimal:
    doc: The exact value is mantissa / 10^scale.
    seq:
      - id: scale
        type: u1
        valid:
          max: 18
      - id: mantissa
        type: s8

  bar:
    doc: 61 bytes.
    seq:
      - id: start
        type: s8
      - id: end
        type: s8
      - id: open
        type: exact_decimal
      - id: high
        type: exact_decimal
      - id: low
        type: exact_decimal
      - id: close
        type: exact_decimal
      - id: volume
        type: exact_decimal

  asset_info:
    seq:
      - id: symbol
        type: sized_text
      - id: name
        type: sized_text
      - id: asset_class
        type: sized_text
      - id: source
        type: sized_text
      - id: has_value
        type: u1
      - id: value
        type: bar
        if: has_value != 0

  current_value:
    seq:
      - id: symbol
        type: sized_text
      - id: source
        type: sized_text
      - id: value
        type: bar

  series:
    seq:
      - id: symbol
        type: sized_text
      - id: source
        type: sized_text
      - id: row_size
        type: u2
        valid:
          min: 61
      - id: row_count
        type: u4
      - id: rows
        size: row_size
        type: bar
        repeat: expr
        repeat-expr: row_count

  prediction:
    seq:
      - id: symbol
        type: sized_text
      - id: value
        type: exact_decimal
      - id: low
        type: exact_decimal
      - id: high
        type: exact_decimal
      - id: confidence
        type: u1
      - id: target
        type: s8
      - id: as_of
        type: s8
      - id: method
        type: sized_text

  asset_list:
    seq:
      - id: row_count
        type: u4
      - id: rows
        type: row
        repeat: expr
        repeat-expr: row_count
    types:
      row:
        seq:
          - id: len_fields
            type: u2
          - id: fields
            size: len_fields
            type: asset_info

  user_info:
    params:
      - id: own
        type: bool
    seq:
      - id: user_name
        type: sized_text
      - id: registered
        type: s8
      - id: private_part
        type: private_info
        if: own
    types:
      private_info:
        seq:
          - id: email
            type: sized_text
          - id: is_password
            type: u1
          - id: is_third_party
            type: u1

  portfolio:
    params:
      - id: own
        type: bool
    seq:
      - id: owner
        type: sized_text
      - id: total_value
        type: exact_decimal
      - id: private_part
        type: private_portfolio
        if: own
    types:
      private_portfolio:
        seq:
          - id: version
            type: s8
          - id: as_of
            type: s8
          - id: cash
            type: exact_decimal
          - id: reserved_cash
            type: exact_decimal
          - id: market_value
            type: exact_decimal
          - id: cost_basis
            type: exact_decimal
          - id: realised_profit
            type: exact_decimal
          - id: unrealised_profit
            type: exact_decimal
          - id: row_count
            type: u4
          - id: rows
            type: row
            repeat: expr
            repeat-expr: row_count
      row:
        seq:
          - id: len_fields
            type: u2
          - id: fields
            size: len_fields
            type: position
      position:
        seq:
          - id: symbol
            type: sized_text
          - id: quantity
            type: exact_decimal
          - id: reserved
            type: exact_decimal
          - id: cost_basis
            type: exact_decimal
          - id: market_value
            type: exact_decimal
          - id: realised_profit
            type: exact_decimal
          - id: unrealised_profit
            type: exact_decimal
          - id: has_price
            type: u1
          - id: last_price
            type: exact_decimal

  transactions:
    seq:
      - id: owner
        type: sized_text
      - id: row_count
        type: u4
      - id: rows
        type: row
        repeat: expr
        repeat-expr: row_count
    types:
      row:
        seq:
          - id: len_fields
            type: u2
          - id: fields
            size: len_fields
            type: transaction
      transaction:
        seq:
          - id: id
            type: s8
          - id: kind
            type: u1
            enum: transaction_kind
          - id: order_id
            type: s8
          - id: symbol
            type: sized_text
          - id: quantity
            type: exact_decimal
          - id: price
            type: exact_decimal
          - id: cash_effect
            type: exact_decimal
          - id: outcome
            type: u1
            enum: order_status
          - id: reason_code
            type: sized_text
          - id: reason_text
            type: sized_text
          - id: issued
            type: s8
          - id: accepted
            type: s8
          - id: completed
            type: s8
          - id: completed_market
            type: s8
          - id: price_time
            type: s8
          - id: price_source
            type: sized_text

  orders:
    seq:
      - id: row_count
        type: u4
      - id: rows
        type: row
        repeat: expr
        repeat-expr: row_count
    types:
      row:
        seq:
          - id: len_fields
            type: u2
          - id: fields
            size: len_fields
            type: order
      order:
        seq:
          - id: id
            type: s8
          - id: account
            type: s8
          - id: side
            type: u1
            enum: side
          - id: symbol
            type: sized_text
          - id: quantity
            type: exact_decimal
          - id: client_order_id
            type: sized_text
          - id: issued
            type: s8
          - id: accepted
            type: s8
          - id: accepted_market
            type: s8
          - id: reserved
            type: exact_decimal
          - id: status
            type: u1
            enum: order_status
          - id: reason_code
            type: sized_text
          - id: reason_text
            type: sized_text
          - id: closed_at
            type: s8

enums:
  message_type:
    1: command
    2: data_transfer
    3: control
  payload_kind:
    1: asset_info
    2: current_value
    3: series
    4: prediction
    5: asset_list
    10: user_info
    11: portfolio
    12: transactions
    13: orders
  side:
    1: buy
    2: sell
  transaction_kind:
    1: buy
    2: sell
    3: deposit
  order_status:
    1: open
    2: filled
    3: rejected
    4: cancelled
  instruction:
    1: login
    2: resume_session
    3: register
    4: purchase_asset
    5: sell_asset
    6: switch_state
    7: logout
    8: cancel_order
    9: subscribe
    10: ping
    11: get_workers
    12: get_server_info
    100: get_asset_info
    101: get_asset_value_current
    102: get_asset_value_day
    103: get_asset_value_week
    104: get_asset_value_month
    105: get_asset_value_year
    106: get_asset_value_all_time
    107: get_asset_value_predicted
    108: list_assets
    120: get_user_info
    121: get_user_portfolio
    122: get_user_transaction_history
    123: get_orders
    200: error
    201: session_id
    202: login_fail
    203: register_success
    204: register_fail
    205: purchase_success
    206: purchase_fail
    207: sell_success
    208: sell_fail
    209: state_switch_success
    210: state_switch_fail
    211: data_fail
    212: logout_success
    213: logout_fail
    214: cancel_success
    215: cancel_fail
    216: subscribe_success
    217: subscribe_fail
    218: pong
    219: workers
    220: server_info
    250: order_filled
    251: order_rejected
    252: move_to_worker
    253: closing
    300: data
